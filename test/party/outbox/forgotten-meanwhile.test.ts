import assert from 'node:assert/strict';
import { afterEach, beforeEach, describe, test } from 'node:test';
import { type Arrival, arrivalMessage } from '../../../party/arrivals/arrivals.ts';
import { pictureIsDrawn, pictureMessage } from '../../../party/arrivals/picture-delivery.ts';
import { hour, second } from '../../../party/clock.ts';
import { createDispatcher } from '../../../party/dispatch.ts';
import { NotSentError } from '../../../party/errors.ts';
import type { Message } from '../../../party/outbox/message.ts';
import { type Party, partyPlace } from '../../../party/parties/party.ts';
import { recapMessage } from '../../../party/parties/recap-delivery.ts';
import { cardMessage } from '../../../party/unknown-faces/cards.ts';
import { UnknownFaces } from '../../../party/unknown-faces/unknown-faces.ts';
import { type KeptChat, keptChat } from '../../support/kept-chat.ts';
import { partyOn } from '../../support/party.ts';
import { type OpenTable, openTable } from '../../support/table.ts';

describe('what is forgotten while it is sent does not come back', () => {
  let open: OpenTable;
  let house: ReturnType<typeof partyOn>;
  let chat: KeptChat;
  let party: Party;
  beforeEach(async () => {
    open = await openTable();
    house = partyOn(open.table);
    chat = keptChat();
    const [chatId, startedBy] = [-42, 7];
    party = (await house.parties.start({ chatId, startedBy, endsAt: house.now() + 4 * hour }))!;
  });
  afterEach(() => open.close());

  const arrivalOf = (name: string): Arrival => ({
    ...{ partyId: party.id, guestId: name.toLowerCase(), name, ...partyPlace(party), time: house.now() },
    ...{ box: { left: 0, top: 0, width: 0.1, height: 0.2 }, similarity: 95 },
  });
  const kept = ({ key }: Message) => house.table.get(key);
  const forget = ({ key }: Message) => house.table.delete(key);
  const send = (message: Message) => createDispatcher(house, chat).send(message);

  test('arrivals that are named together', async () => {
    const messages = ['Anna', 'Bob'].map((name) => arrivalMessage(arrivalOf(name)));
    chat.announceArrival = async () => {
      throw new NotSentError('Telegram is down.', house.now() + second);
    };
    for (const message of messages) await send(message);
    let told = 0;
    chat.announceTogether = async () => {
      told += 1;
      for (const message of messages) await forget(message);
    };
    house.clock.pass(2 * second);
    // Whoever sends them anew afterwards would write them down anew.
    chat.announceArrival = async () => assert.fail('they are forgotten');
    const { outbox } = house;
    const named = outbox.named.bind(outbox);
    outbox.named = async (message) => {
      await named(message);
      await outbox.forget(message);
    };
    await house.destinations.hold(party.chatId, house.now() - 1);
    await createDispatcher(house, chat).sendPending({ until: house.now() + second });
    assert.equal(told, 1);
    for (const message of messages) assert.equal(await kept(message), undefined);
  });

  test('a recap', async () => {
    const message = recapMessage(party, 'asked');
    chat.sendRecap = async (_place, _recap, _told, tell) => {
      await forget(message);
      await tell(1);
    };
    await send(message);
    assert.equal(await kept(message), undefined);
  });

  test('a card', async () => {
    const face = { partyId: party.id, id: 'one', time: house.now(), looks: [] };
    await new UnknownFaces(house.table).notice(face);
    const message = cardMessage(face, party.startedBy);
    chat.askWhoItIs = async () => {
      await forget(message);
      return 1;
    };
    await send(message);
    assert.equal(await kept(message), undefined);
  });

  test('a picture that is drawn', async () => {
    const message = pictureMessage(arrivalOf('Anna'));
    await pictureIsDrawn(house.table, message);
    assert.equal(await kept(message), undefined);
  });
});

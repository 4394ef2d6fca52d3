import assert from 'node:assert/strict';
import { afterEach, beforeEach, describe, test } from 'node:test';
import { hour, minute, second } from '../../../party/clock.ts';
import { createDispatcher } from '../../../party/dispatch.ts';
import { ChatGoneError } from '../../../party/errors.ts';
import { partOf } from '../../../party/forget/scopes.ts';
import { endParty } from '../../../party/parties/end-party.ts';
import type { Party } from '../../../party/parties/party.ts';
import { recapPictureKey, recapPictureMessage } from '../../../party/parties/recap-picture.ts';
import { storageFolders } from '../../../party/stores/storage-key.ts';
import { toldLongAgo } from '../../support/abandoned.ts';
import { type KeptChat, keptChat } from '../../support/kept-chat.ts';
import { partyOn } from '../../support/party.ts';
import { openTable } from '../../support/table.ts';

const jpeg = Buffer.from('a picture');
const [host, group] = [7, -42];

describe('the picture of a recap', () => {
  let house: ReturnType<typeof partyOn>;
  let chat: KeptChat;
  let party: Party;
  let close: () => Promise<void>;

  beforeEach(async () => {
    const opened = await openTable();
    close = opened.close;
    house = partyOn(opened.table);
    chat = keptChat();
    await house.guests.add('anna', 'Anna');
    await house.guests.add('ben', 'Ben');
    party = (await house.parties.start({ chatId: group, startedBy: host, endsAt: house.now() + 4 * hour }))!;
  });
  afterEach(() => close());

  const dispatcher = () => createDispatcher(house, chat);
  const end = () => endParty(house, dispatcher(), party, 'asked');
  /** Anna comes, and the recap's picture for the host is drawn. */
  const annaComes = () =>
    toldLongAgo(house.outbox, {
      partyId: party.id,
      guestId: 'anna',
      name: 'Anna',
      chatId: group,
      time: house.now(),
    });
  /** As the pictures' Lambda does. */
  async function send(to: Parameters<typeof recapPictureMessage>[1], unwritten: readonly number[] = []) {
    await house.storage.put(recapPictureKey(party.id, to), jpeg, 'image/jpeg');
    const now = (await house.parties.find(party.id))!;
    return dispatcher().send(recapPictureMessage(now, to, unwritten));
  }
  const kept = async () => (await house.storage.list('snapshots/')).map(({ key }) => key);
  const askedFor = () => house.pictures.asked.filter(({ job }) => job === 'recap');

  test('is asked for at the end of a party that somebody came to', async () => {
    await annaComes();
    await end();
    assert.deepEqual(askedFor(), [{ job: 'recap', partyId: party.id, audience: 'host' }]);
  });

  test('is not of a party that nobody came to', async () => {
    await end();
    assert.deepEqual(askedFor(), []);
  });

  test('of the host says who was missed; of the group it does not; neither is kept', async () => {
    await annaComes();
    await end();
    assert.equal((await send({ audience: 'host' }, [1])).outcome, 'sent');
    assert.equal((await send({ audience: 'guests' })).outcome, 'sent');
    const [mine, theirs] = chat.recapPictures;
    assert.deepEqual([mine!.missed, mine!.canShare], [['Ben'], true]);
    assert.deepEqual(mine!.unwritten, [{ number: 1, name: 'Anna' }]);
    assert.deepEqual([theirs!.missed, theirs!.canShare, theirs!.came], [[], false, 1]);
    assert.deepEqual(await kept(), []);
    assert.equal((await send({ audience: 'guests' })).outcome, 'done', 'and the group has it once');
    await send({ audience: 'host', asked: { chatId: host, messageId: 9 } });
    assert.equal(chat.recapPictures.at(-1)!.canShare, false);
  });

  test('waits for its words', async () => {
    await annaComes();
    const told = chat.sendRecap;
    chat.sendRecap = () => Promise.reject(new Error('Telegram does not answer.'));
    await end();
    assert.equal((await send({ audience: 'host' })).outcome, 'not sent');
    assert.deepEqual(chat.recapPictures, []);
    chat.sendRecap = told;
    house.clock.pass(minute + second);
    await dispatcher().sendPending({ until: house.now() + minute, waits: true });
    assert.equal(chat.recaps.at(-1)!.audience, 'host');
    assert.equal(chat.recapPictures.length, 1);
    assert.deepEqual(await kept(), []);
  });

  test('is not sent to the host in the place of a group that cannot be written to', async () => {
    await annaComes();
    await end();
    const send_ = chat.sendRecapPicture;
    chat.sendRecapPicture = async (place, picture) => {
      if (place.chatId === group) throw new ChatGoneError('The bot was removed.', house.now());
      await send_(place, picture);
    };
    assert.equal((await send({ audience: 'guests' })).outcome, 'sent');
    assert.deepEqual([chat.recapPictures, chat.gone], [[], [group]]);
    assert.deepEqual(await kept(), []);
  });

  test('that waits to be sent goes with the party, and with each guest who is in it', async () => {
    await annaComes();
    await end();
    const key = recapPictureKey(party.id, { audience: 'host' });
    await house.storage.put(key, jpeg, 'image/jpeg');
    const held = {
      items: await house.table.scan(),
      objects: (await Promise.all(storageFolders.map((folder) => house.storage.list(folder))))
        .flat()
        .map((object) => object.key),
      faces: [],
    };
    const objects = (scope: Parameters<typeof partOf>[1]) => partOf(held as never, scope).objects;
    assert.deepEqual(objects({ what: 'party', partyId: party.id }), [key]);
    assert.deepEqual(objects({ what: 'guest', guestId: 'anna' }), [key]);
    assert.deepEqual(objects({ what: 'guest', guestId: 'ben' }), []);
    assert.deepEqual(objects({ what: 'faces' }), [key]);
  });
});

import assert from 'node:assert/strict';
import { afterEach, beforeEach, describe, test } from 'node:test';
import { type Arrival, arrivalMessage } from '../../../party/arrivals/arrivals.ts';
import { pictureMessage } from '../../../party/arrivals/picture-delivery.ts';
import { hour, minute, second } from '../../../party/clock.ts';
import { createDispatcher } from '../../../party/dispatch.ts';
import { ChatGoneError, ChatMovedError, TooManyMessagesError } from '../../../party/errors.ts';
import { gapMessage } from '../../../party/parties/gaps.ts';
import { type Party, partyPlace } from '../../../party/parties/party.ts';
import { storageKey } from '../../../party/stores/storage-key.ts';
import { eventually } from '../../support/eventually.ts';
import { type KeptChat, keptChat } from '../../support/kept-chat.ts';
import { partyOn } from '../../support/party.ts';
import { type OpenTable, openTable } from '../../support/table.ts';

describe('the dispatcher', () => {
  const group = -42;
  const host = 7;

  let open: OpenTable;
  let house: ReturnType<typeof partyOn>;
  let chat: KeptChat;
  let party: Party;
  /** What was sent, in its order: the kind, with the guest or the chat. */
  let sent: string[];
  /** Calls that were refused. */
  let refused: number;
  /** What the chats say to each message. */
  let refusal: (chatId: number) => Error | undefined;

  beforeEach(async () => {
    open = await openTable();
    house = partyOn(open.table);
    house.pause = () => Promise.reject(new Error('There is no time to wait.'));
    party = (await house.parties.start({ chatId: group, startedBy: host, endsAt: house.now() + 4 * hour }))!;
    [sent, refused, refusal] = [[], 0, () => undefined];
    chat = keptChat();
    const say = (chatId: number, what: string): void => {
      const error = refusal(chatId);
      if (error) refused += 1;
      if (error) throw error;
      sent.push(chatId === group ? what : `${what} in ${chatId}`);
    };
    chat.announceArrival = async ({ chatId, name }) => {
      say(chatId, name);
      return sent.length;
    };
    chat.announceTogether = async ({ chatId }, arrivals) =>
      say(chatId, arrivals.map(({ name }) => name).join('+'));
    chat.sendArrivalPicture = async ({ chatId, name }) => {
      say(chatId, `picture of ${name}`);
      return sent.length;
    };
    chat.reportGap = async ({ chatId }) => say(chatId, 'gap');
    chat.reportChatGone = async ({ chatId }, gone) => say(chatId, `${gone.chatId} is gone`);
  });
  afterEach(() => open.close());

  const dispatcher = () => createDispatcher(house, chat);
  const look = () => dispatcher().sendPending({ until: house.now() + second });
  const tooMany = (wait = 30 * second) => new TooManyMessagesError('429', house.now() + wait);

  function arrival(name: string, of = party): Arrival {
    const box = { left: 0, top: 0, width: 0.1, height: 0.2 };
    const place = partyPlace(of);
    return {
      partyId: of.id,
      guestId: name.toLowerCase(),
      name,
      ...place,
      time: house.now(),
      box,
      similarity: 95,
    };
  }

  const announce = (name: string) => dispatcher().send(arrivalMessage(arrival(name)));
  const gap = () =>
    gapMessage({ partyId: party.id, ...partyPlace(party), from: party.startedAt, to: house.now() });
  /** A picture that was made and could not be sent. */
  async function pictureOf(name: string): Promise<void> {
    const key = pictureMessage(arrival(name)).key;
    await open.table.update(key, 'SET #drawn = :drawn', { drawn: true });
    await house.storage.put(storageKey.drawnSnapshot(arrival(name)), new Uint8Array(1), 'image/jpeg');
    await dispatcher().send(pictureMessage(arrival(name)));
  }

  test('a chat that took too many is held for all, whoever was refused, and nobody asks it meanwhile', async () => {
    refusal = () => tooMany();
    await announce('Anna');
    assert.equal(refused, 1);
    for (const name of ['Bob', 'Carla']) assert.equal((await announce(name)).outcome, 'waits');
    await dispatcher().send(gap());
    house.clock.pass(29 * second);
    await look();
    assert.equal(refused, 1);
    assert.ok((await house.arrivals.list(party.id)).length === 3, 'all have arrived');
  });

  test('when a hold is over one sends what waits: arrivals together and each, then pictures, then the rest', async () => {
    await announce('Zoe');
    refusal = () => tooMany();
    await dispatcher().send(gap());
    await pictureOf('Zoe');
    house.clock.pass(second);
    for (const name of ['Anna', 'Bob', 'Carla']) {
      await announce(name);
      house.clock.pass(1);
    }
    house.clock.pass(30 * second);
    refusal = () => undefined;
    await Promise.all([look(), look(), look(), look()]);
    assert.deepEqual(sent.slice(1), ['Anna+Bob+Carla', ...['Anna', 'Bob', 'Carla'], 'picture of Zoe', 'gap']);
    assert.equal(refused, 1);
    await announce('Dora');
    assert.equal(sent.at(-1), 'Dora', 'the chat is free again');
  });

  test('the end of a hold that comes too early costs one refused call, however many wait and look', async () => {
    refusal = () => tooMany();
    for (const name of ['Anna', 'Bob', 'Carla', 'Dora']) await announce(name);
    house.clock.pass(31 * second);
    await Promise.all([look(), look(), announce('Eve'), dispatcher().send(gap())]);
    assert.equal(refused, 2);
  });

  test('another chat is not held', async () => {
    refusal = (chatId) => (chatId === group ? tooMany() : undefined);
    await announce('Anna');
    await dispatcher().send(arrivalMessage({ ...arrival('Bob'), chatId: 9 }));
    assert.deepEqual(sent, ['Bob in 9']);
  });

  test('a sender that is killed in its turn holds up others for fifteen seconds, and its message for a lease', async () => {
    refusal = () => tooMany(second);
    await announce('Anna');
    await dispatcher().send(gap());
    house.clock.pass(2 * second);
    let begun = false;
    const dying = createDispatcher(house, {
      ...chat,
      announceArrival: () => {
        begun = true;
        return new Promise(() => {});
      },
    });
    void dying.sendPending({ until: house.now() + second });
    await eventually('it sends', () => begun);
    refusal = () => undefined;
    house.clock.pass(14 * second);
    await look();
    assert.deepEqual(sent, [], 'it may still be at it');
    house.clock.pass(2 * second);
    await look();
    assert.deepEqual(sent, ['gap']);
    house.clock.pass(minute);
    await look();
    assert.deepEqual(sent, ['gap', 'Anna']);
  });

  test('what waits of a party that is over is sent, though another is on', async () => {
    refusal = () => tooMany();
    await announce('Anna');
    await house.parties.end(party);
    house.clock.pass(hour);
    await house.parties.start({ chatId: 99, startedBy: 1, endsAt: house.now() + hour });
    refusal = () => undefined;
    await look();
    assert.deepEqual(sent, ['Anna']);
    assert.equal((await house.arrivals.get(party.id, 'anna'))?.claim, 'done');
  });

  test('a message that was written down and never claimed is sent by whoever looks when its sender’s time is over', async () => {
    await house.outbox.accept(arrivalMessage(arrival('Anna')));
    await look();
    assert.deepEqual(sent, []);
    house.clock.pass(minute + 1);
    await look();
    await look();
    assert.deepEqual(sent, ['Anna']);
    assert.equal((await house.arrivals.get(party.id, 'anna'))?.name, 'Anna');
  });

  test('a group that became a supergroup is followed: by the message at hand, by what waits, and by the party', async () => {
    refusal = () => tooMany();
    await announce('Anna');
    house.clock.pass(31 * second);
    refusal = (chatId) => (chatId === group ? new ChatMovedError('400', house.now(), -100) : undefined);
    await announce('Bob');
    await look();
    house.clock.pass(1);
    await look();
    assert.deepEqual([...sent].sort(), ['Anna in -100', 'Anna+Bob in -100', 'Bob in -100']);
    assert.equal((await house.parties.on())?.chatId, -100);
    refusal = (chatId) => (chatId === group ? assert.fail('nobody writes there any more') : undefined);
    await announce('Carla');
    assert.equal(sent.at(-1), 'Carla in -100');
  });

  test('when a chat is gone its host is told once, and gets what is told from then on', async () => {
    refusal = (chatId) => (chatId === group ? new ChatGoneError('403', house.now() + minute) : undefined);
    await Promise.all([announce('Anna'), announce('Bob')]);
    await announce('Carla');
    await dispatcher().send(gap());
    house.clock.pass(minute + 1);
    await look();
    assert.equal(sent.filter((what) => what === `${group} is gone in ${host}`).length, 1);
    for (const what of ['Anna', 'Bob', 'Carla', 'gap'])
      assert.equal(sent.filter((one) => one === `${what} in ${host}`).length, 1, what);
    assert.equal((await house.arrivals.get(party.id, 'anna'))?.toldIn, host);

    refusal = () => undefined;
    await house.destinations.back({ chatId: group });
    await announce('Dora');
    assert.equal(sent.at(-1), 'Dora', 'it is there again');
  });

  test('a topic that is closed is gone for itself, and not its chat', async () => {
    refusal = (chatId) =>
      chatId === group ? new ChatGoneError('TOPIC_CLOSED', house.now() + minute) : undefined;
    await dispatcher().send(arrivalMessage({ ...arrival('Anna'), threadId: 5 }));
    refusal = () => undefined;
    await announce('Bob');
    await dispatcher().send(arrivalMessage({ ...arrival('Carla'), threadId: 5 }));
    assert.deepEqual(sent.slice(-3), [`Anna in ${host}`, 'Bob', `Carla in ${host}`]);
  });

  test('a private chat that is blocked has nobody in its place: it is asked once a minute, and loses nothing', async () => {
    const own = { chatId: host, hostId: host };
    refusal = () => new ChatGoneError('403', house.now() + minute);
    for (const name of ['Anna', 'Bob', 'Carla'])
      await dispatcher().send(arrivalMessage({ ...arrival(name), ...own }));
    for (let minutes = 0; minutes < 3; minutes++) {
      house.clock.pass(minute + 1);
      await look();
    }
    assert.equal(refused, 4);
    refusal = () => undefined;
    house.clock.pass(minute + 1);
    await look();
    assert.equal(sent.length, 4, 'their names, and each');
  });
});

import assert from 'node:assert/strict';
import { afterEach, beforeEach, describe, test } from 'node:test';
import { type Arrival, arrivalMessage } from '../../../party/arrivals/arrivals.ts';
import type { ArrivalDocument } from '../../../party/automation/arrival-document.ts';
import { ArrivalWebhook } from '../../../party/automation/arrival-webhook.ts';
import { webhookMessage } from '../../../party/automation/webhook-delivery.ts';
import { newWebhookKey, signatureHeaders } from '../../../party/automation/webhook-signature.ts';
import { hour, minute, second } from '../../../party/clock.ts';
import { createDispatcher } from '../../../party/dispatch.ts';
import { TooManyMessagesError } from '../../../party/errors.ts';
import { type Party, partyPlace } from '../../../party/parties/party.ts';
import { diedSending } from '../../support/abandoned.ts';
import { type KeptChat, keptChat } from '../../support/kept-chat.ts';
import { partyOn } from '../../support/party.ts';
import { type OpenTable, openTable } from '../../support/table.ts';
import { openWebhookReceiver, type WebhookReceiver } from '../../support/webhook-receiver.ts';

describe('an arrival that is posted', () => {
  const key = newWebhookKey();

  let open: OpenTable;
  let house: ReturnType<typeof partyOn>;
  let chat: KeptChat;
  let party: Party;

  beforeEach(async () => {
    open = await openTable();
    house = partyOn(open.table);
    chat = keptChat();
    chat.announceArrival = async () => 1;
    party = (await house.parties.start({ chatId: 42, startedBy: 7, endsAt: house.now() + 4 * hour }))!;
    await house.guests.add('anna', 'Anna');
    await house.songs.put({
      ...{ id: 'wonderwall', title: 'Wonderwall', performer: 'Oasis', key: 'songs/wonderwall' },
      ...{ fileName: 'wonderwall.mp3', contentType: 'audio/mpeg', carol: false },
    });
    await house.guests.setSong('anna', 'wonderwall');
    const box = { left: 0.4, top: 0.1, width: 0.2, height: 0.3 };
    await house.guests.addPhoto('anna', { photoId: 'far', faceIds: [], key: 'photos/far' });
    await house.guests.addPhoto('anna', { photoId: 'near', faceIds: [], key: 'photos/near', box });
  });
  afterEach(() => open.close());

  /** The house, posting to an address. */
  function dispatcherTo({ address }: Pick<WebhookReceiver, 'address'>, timeout = minute) {
    const receiver = new ArrivalWebhook({ address, key, now: house.now, timeout });
    const addresses = { of: async (object: string) => `https://bucket.example/${object}?signed` };
    return createDispatcher({ ...house, arrivalWebhook: async () => ({ receiver, addresses }) }, chat);
  }

  const anna = (): Arrival => ({
    ...{ partyId: party.id, guestId: 'anna', name: 'Anna', ...partyPlace(party) },
    time: house.now(),
  });
  const look = (dispatcher: ReturnType<typeof dispatcherTo>) =>
    dispatcher.sendPending({ until: house.now() + 18 * second });
  const documentOf = ({ received }: WebhookReceiver, index = 0): ArrivalDocument =>
    JSON.parse(received[index]!.body) as ArrivalDocument;

  test('says who came, when, and where song and picture are, signed', async (t) => {
    const home = await openWebhookReceiver(t);
    const arrival = anna();
    await dispatcherTo(home).send(arrivalMessage(arrival));
    const [{ method, path, headers, body } = assert.fail()] = home.received;
    assert.deepEqual([method, path], ['POST', '/api/webhook/a-secret-of-the-host']);
    const { id, ...document } = documentOf(home);
    assert.deepEqual(document, {
      type: 'arrival',
      time: new Date(arrival.time).toISOString(),
      party: party.id,
      guest: { id: 'anna', name: 'Anna' },
      song: {
        title: 'Wonderwall',
        performer: 'Oasis',
        contentType: 'audio/mpeg',
        url: 'https://bucket.example/songs/wonderwall?signed',
      },
      picture: {
        url: 'https://bucket.example/photos/near?signed',
        face: { left: 0.4, top: 0.1, width: 0.2, height: 0.3 },
      },
    });
    assert.equal(headers['content-type'], 'application/json');
    for (const [name, value] of Object.entries(signatureHeaders(id, body, key, house.now())))
      assert.equal(headers[name], value);
    assert.deepEqual(await house.outbox.pending(), []);
  });

  test('has the carol that plays, when there is no song', async (t) => {
    const home = await openWebhookReceiver(t);
    await house.guests.setSong('anna', undefined);
    await house.songs.put({
      ...{ id: 'jingle', title: 'Jingle Bells', key: 'songs/jingle', fileName: 'jingle.mp3' },
      ...{ contentType: 'audio/mpeg', carol: true },
    });
    let played: string | undefined;
    chat.announceArrival = async (_, song) => {
      played = song?.title;
      return 1;
    };
    await dispatcherTo(home).send(arrivalMessage(anna()));
    assert.equal(documentOf(home).song?.title, 'Jingle Bells');
    assert.equal(played, 'Jingle Bells');
    assert.equal(await house.parties.nextCarolTurn(party), 1, 'it was one turn, and not one for each');
  });

  test('does not wait for a chat that takes nothing, and is posted once though the chat comes later', async (t) => {
    const home = await openWebhookReceiver(t);
    const dispatcher = dispatcherTo(home);
    let refusing = true;
    chat.announceArrival = async () => {
      if (refusing) throw new TooManyMessagesError('429', house.now() + 30 * second);
      return 1;
    };
    await house.guests.add('berta', 'Berta');
    await dispatcher.send(arrivalMessage(anna()));
    const berta = { ...anna(), guestId: 'berta', name: 'Berta' };
    assert.equal((await dispatcher.send(arrivalMessage(berta))).outcome, 'waits');
    assert.deepEqual(
      home.received.map((_, index) => documentOf(home, index).guest.name),
      ['Anna', 'Berta'],
    );
    refusing = false;
    house.clock.pass(minute);
    await look(dispatcher);
    assert.deepEqual(await house.outbox.pending(), []);
    assert.equal(home.received.length, 2);
  });

  for (const status of [302, 404, 410, 429, 500, 503])
    test(`is tried again after ${status}, as the same one, with a new signature`, async (t) => {
      const home = await openWebhookReceiver(t);
      const elsewhere = await openWebhookReceiver(t);
      const dispatcher = dispatcherTo(home);
      let told = 0;
      chat.announceArrival = async () => ++told;
      home.answers(status, { location: elsewhere.address });
      await dispatcher.send(arrivalMessage(anna()));
      await look(dispatcher);
      assert.equal(home.received.length, 1, 'nobody asks at once again');
      home.answers(204);
      house.clock.pass(minute + second);
      await look(dispatcher);
      assert.equal(home.received.length, 2);
      const [first, second_] = home.received;
      assert.equal(first!.headers['webhook-id'], second_!.headers['webhook-id']);
      assert.notEqual(first!.headers['webhook-signature'], second_!.headers['webhook-signature']);
      assert.equal(elsewhere.received.length, 0, 'what it sends us to is not called');
      house.clock.pass(hour);
      await look(dispatcher);
      assert.deepEqual([home.received.length, told], [2, 1]);
      assert.deepEqual(await house.outbox.pending(), []);
    });

  test('is waited for no longer than it may take, and then no guest waits for it for a while', async (t) => {
    const home = await openWebhookReceiver(t);
    const dispatcher = dispatcherTo(home, 50);
    home.answers(undefined);
    let told = 0;
    chat.announceArrival = async () => ++told;
    await house.guests.add('berta', 'Berta');
    await dispatcher.send(arrivalMessage(anna()));
    await dispatcher.send(arrivalMessage({ ...anna(), guestId: 'berta', name: 'Berta' }));
    assert.equal(told, 2);
    // On a busy machine the time may be over before the first is there; the second is not tried at all.
    assert.ok(home.received.length <= 1, `${home.received.length} were posted`);
    home.answers(200);
    house.clock.pass(minute + second);
    // What is late may take as long as any.
    await look(dispatcherTo(home));
    const names = home.received.map((_, index) => documentOf(home, index).guest.name);
    assert.deepEqual(names.slice(-2), ['Anna', 'Berta']);
  });

  test('comes when the receiver was away and is back', async (t) => {
    const home = await openWebhookReceiver(t);
    const dispatcher = dispatcherTo(home);
    await home.close();
    await dispatcher.send(arrivalMessage(anna()));
    const back = await openWebhookReceiver(t, Number(new URL(home.address).port));
    house.clock.pass(minute);
    await look(dispatcher);
    assert.equal(documentOf(back).guest.name, 'Anna');
  });

  test('is not lost when whoever announced it died', async (t) => {
    const home = await openWebhookReceiver(t);
    await diedSending(house.outbox, anna());
    house.clock.pass(minute + second);
    await look(dispatcherTo(home));
    assert.equal(documentOf(home).guest.name, 'Anna');
  });

  test('is posted by one of many who try', async (t) => {
    const home = await openWebhookReceiver(t);
    const arrival = anna();
    await Promise.all(Array.from({ length: 4 }, () => dispatcherTo(home).send(arrivalMessage(arrival))));
    await Promise.all(Array.from({ length: 4 }, () => dispatcherTo(home).send(webhookMessage(arrival))));
    assert.equal(home.received.length, 1);
  });

  test('is dropped when it was taken back before it could be posted', async (t) => {
    const home = await openWebhookReceiver(t);
    const dispatcher = dispatcherTo(home);
    home.answers(503);
    const arrival = anna();
    await dispatcher.send(arrivalMessage(arrival));
    await house.arrivals.takeBack(arrival, 1);
    home.answers(200);
    house.clock.pass(minute + second);
    await look(dispatcher);
    assert.equal(home.received.length, 1);
    assert.deepEqual(await house.outbox.pending(), []);
  });

  test('is nothing of those who can only send other things, and of a house without an address', async () => {
    await createDispatcher(house, chat).send(arrivalMessage(anna()));
    assert.deepEqual(await house.outbox.pending(), []);
  });

  test('leaves nothing of the address in the log, whatever fails', async (t) => {
    const home = await openWebhookReceiver(t);
    for (const [name, answer] of [
      ['a', 500],
      ['b', 404],
      ['c', undefined],
    ] as const) {
      await house.guests.add(name, name);
      home.answers(answer);
      await dispatcherTo(home, 50).send(arrivalMessage({ ...anna(), guestId: name, name }));
      house.clock.pass(minute);
    }
    await home.close();
    await look(dispatcherTo(home));
    await house.guests.add('d', 'd');
    await dispatcherTo({ address: 'https://nowhere.invalid/a-secret-of-the-host' }).send(
      arrivalMessage({ ...anna(), guestId: 'd', name: 'd' }),
    );
    const log = house.log.lines.join('\n');
    assert.match(log, /ARRIVAL_WEBHOOK answered 500/);
    assert.match(log, /could not be reached: (TimeoutError|ECONNREFUSED)/);
    assert.doesNotMatch(log, /a-secret|127\.0\.0\.1|nowhere\.invalid/);
  });
});

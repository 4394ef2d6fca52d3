import assert from 'node:assert/strict';
import { after, before, type TestContext, test } from 'node:test';
import sharp from 'sharp';
import { createPictures } from '../../lambdas/pictures.ts';
import type { PersonMessage } from '../../local/telegram/state/messages.ts';
import { arrivalMessage } from '../../party/arrivals/arrivals.ts';
import { pictureMessage } from '../../party/arrivals/picture-delivery.ts';
import { minute, second } from '../../party/clock.ts';
import { createDispatcher } from '../../party/dispatch.ts';
import type { Claim } from '../../party/outbox/claim.ts';
import type { Services } from '../../party/services.ts';
import { storageKey } from '../../party/stores/storage-key.ts';
import { diedSending } from '../support/abandoned.ts';
import { nobody } from '../support/portraits.ts';
import { openPartyChats, type PartyChat, type PartyChats } from '../support/telegram/party-chat.ts';

const partyId = '2026-12-24T18:00:00.000Z';
const job = { job: 'snapshot', partyId, guestId: 'anna' };
const time = 1_795_000_000_000;
const pictureKey = { pk: `PARTY#${partyId}`, sk: `snapshot#anna#${time}` };

let chats: PartyChats;
before(async () => {
  chats = await openPartyChats();
});
after(() => chats.close());

/** A house in whose chat an arrival was announced, or only claimed, with a camera that has this picture. */
async function afterArrival(t: TestContext, jpeg: Buffer | undefined, announced = true) {
  const house = await chats.open(t);
  const { chat, chatId } = house;
  const services = {
    ...house.services,
    config: { RECOGNITION: 'video' },
    recognition: { ...house.services.recognition, picture: async () => jpeg },
  } as unknown as Services & Pick<typeof house.services, 'clock'>;
  const box = { left: 0, top: 0, width: 0.1, height: 0.2 };
  const arrival = { partyId, guestId: 'anna', name: 'Anna', chatId, time, box, similarity: 92 };
  await diedSending(services.outbox, arrival);
  const message = await chats.stand.api.sendMessage(chatId, 'Anna is here');
  if (announced) {
    await services.arrivals.sent(arrival, message.message_id);
    await services.outbox.done(arrivalMessage(arrival));
  }
  const { clock } = services;
  // Whoever waits for the chat waits in vain.
  Object.assign(services, { pause: () => Promise.reject(new Error('There is no time to wait.')) });
  return { house, services, chat, pictures: createPictures(services, chat, chats.stand.api), message, clock };
}

/** A photo of the chat, as whoever looks at it gets it. */
const photoOf = ({ photo }: PersonMessage): Promise<Buffer> => chats.host.download(photo!.at(-1)!.file_id);

const photosIn = async (house: PartyChat) => (await house.messages()).filter(({ photo }) => photo);

test('the camera’s picture is kept and sent as a reply, once however often it is asked for', async (t) => {
  const jpeg = await nobody();
  const { house, pictures, message } = await afterArrival(t, jpeg);

  await pictures(job);
  await pictures(job);

  const photos = await photosIn(house);
  assert.equal(photos.length, 1);
  assert.equal(photos[0]?.reply_to_message?.message_id, message.message_id);
  assert.deepEqual(
    Buffer.from(await house.services.storage.get(storageKey.snapshot(time))),
    jpeg,
    'as it came',
  );
  const drawn = await photoOf(photos[0]!);
  assert.notDeepEqual(drawn, jpeg);
  assert.equal((await sharp(drawn).metadata()).format, 'jpeg');
});

test('of a picture that was cut off, what is there is sent', async (t) => {
  const whole = await nobody();
  const { house, pictures } = await afterArrival(t, whole.subarray(0, Math.floor(whole.length / 2)));
  await pictures(job);
  assert.equal((await photosIn(house)).length, 1);
});

test('a picture that cannot be drawn on is sent as it came, and dropped if Telegram never takes it', async (t) => {
  const { house, services, pictures } = await afterArrival(t, Buffer.from('no picture'));
  await pictures(job);
  assert.equal((await photosIn(house)).length, 0);
  const { lines } = house.services.log;
  assert.ok(lines.some((line) => line.includes('could not be drawn on')));
  assert.ok(lines.some((line) => /A message was dropped.*IMAGE_PROCESS_FAILED/.test(line)));
  assert.equal((await services.table.get<Claim>(pictureKey))?.claim, 'dropped');
});

test('with images, what the producer has put into the bucket is not put there again', async (t) => {
  const jpeg = await nobody();
  const { house, services, chat } = await afterArrival(t, jpeg);
  const config = { ...services.config, RECOGNITION: 'images' } as Services['config'];
  const puts: string[] = [];
  const storage = new Proxy(services.storage, {
    get: (real, name) => (name === 'put' ? (key: string) => puts.push(key) : Reflect.get(real, name)),
  });

  await createPictures({ ...services, config, storage }, chat, chats.stand.api)(job);

  assert.equal((await photosIn(house)).length, 1);
  assert.deepEqual(puts, []);
});

test('an arrival whose message is not there yet fails, so that Lambda tries again', async (t) => {
  const { house, pictures } = await afterArrival(t, await nobody(), false);
  await assert.rejects(pictures(job), /no message yet/);
  assert.equal((await photosIn(house)).length, 0);
});

test('an arrival that was taken back or forgotten meanwhile has no picture, and that is no failure', async (t) => {
  const { house, services, pictures } = await afterArrival(t, await nobody());
  const arrival = await services.arrivals.get(partyId, 'anna');
  assert.ok(await services.arrivals.takeBack(arrival!, 1));
  await pictures(job);
  await services.table.delete(arrivalMessage(arrival!).key);
  await pictures(job);
  assert.equal((await photosIn(house)).length, 0);
  assert.deepEqual(await services.storage.list('snapshots/'), []);
});

test('a camera without a picture of that moment is no failure', async (t) => {
  const { house, pictures } = await afterArrival(t, undefined);
  await pictures(job);
  assert.equal((await photosIn(house)).length, 0);
});

test('a job that nobody knows is refused', async (t) => {
  const { pictures } = await afterArrival(t, undefined);
  await assert.rejects(pictures({ job: 'paint', partyId, guestId: 'anna' }));
});

/** Sends what is pending, as the tick does. */
async function tick({ services, chat }: Awaited<ReturnType<typeof afterArrival>>): Promise<void> {
  await createDispatcher(services, chat).sendPending({ until: services.now() });
}

const refusals: Array<[status: number, wait: number]> = [
  [401, minute],
  [403, minute],
  [429, 100 * second],
  [500, 10 * second],
];
for (const [status, wait] of refusals) {
  test(`a picture that Telegram refuses with ${status} is kept, and sent by whoever looks after ${wait / second} s`, async (t) => {
    const after = await afterArrival(t, await nobody());
    const { house, pictures, clock } = after;
    chats.stand.telegram.faults.next('sendPhoto', {
      status,
      ...(status === 429 && { retryAfter: wait / second }),
    });
    await pictures(job);
    clock.pass(wait);
    await tick(after);
    assert.equal((await photosIn(house)).length, 0);

    clock.pass(second);
    await tick(after);
    await tick(after);
    assert.equal((await photosIn(house)).length, 1);
  });
}

test('a picture for a chat that is held is kept as it is to be seen, and sent when the hold is over', async (t) => {
  const after = await afterArrival(t, await nobody());
  const { house, services, pictures, clock } = after;
  await services.destinations.hold(house.chatId, services.now() + 10 * second);
  await pictures(job);
  assert.equal((await photosIn(house)).length, 0);
  clock.pass(11 * second);
  await tick(after);
  assert.equal((await photosIn(house)).length, 1);
});

test('a picture that may be in the chat is not sent again before its lease has ended', async (t) => {
  const after = await afterArrival(t, await nobody());
  const { house, pictures } = after;
  chats.stand.telegram.faults.next('sendPhoto', { cut: 'after' });
  await pictures(job);
  await pictures(job);
  await tick(after);
  assert.equal((await photosIn(house)).length, 1);
});

test('a picture whose sender died is made again and sent when the lease has ended', async (t) => {
  const after = await afterArrival(t, await nobody());
  const { house, services, pictures, clock } = after;
  const message = pictureMessage((await services.arrivals.get(partyId, 'anna'))!);
  await services.outbox.accept(message);
  await services.outbox.claim(message);
  await pictures(job);
  assert.equal((await photosIn(house)).length, 0);

  clock.pass(minute + second);
  await tick(after);
  assert.equal((await photosIn(house)).length, 0, 'nobody has it');
  assert.deepEqual(house.services.pictures.asked, [job], 'it is asked for again');
  clock.pass(minute + second);
  await pictures(job);
  assert.equal((await photosIn(house)).length, 1);
});

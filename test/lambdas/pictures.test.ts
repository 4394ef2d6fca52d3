import assert from 'node:assert/strict';
import { test } from 'node:test';
import sharp from 'sharp';
import { createPictures } from '../../lambdas/pictures.ts';
import type { PersonMessage } from '../../local/telegram/state/messages.ts';
import { minute, second } from '../../party/clock.ts';
import { NotSentError, SendPendingError } from '../../party/errors.ts';
import { Claims } from '../../party/outbox/claim.ts';
import { Outbox } from '../../party/outbox/outbox.ts';
import type { Recognition } from '../../party/recognition/recognition.ts';
import type { Services } from '../../party/services.ts';
import { storageKey } from '../../party/stores/storage-key.ts';
import { diedSending } from '../support/abandoned.ts';
import { chatOf } from '../support/bot-chat.ts';
import { openBotHouse } from '../support/bot-house.ts';
import { clockAt } from '../support/clock.ts';
import { nobody } from '../support/portraits.ts';

const partyId = '2026-12-24T18:00:00.000Z';
const job = { job: 'snapshot', partyId, guestId: 'anna' };
const time = 1_795_000_000_000;

/** A house in whose chat an arrival was told, or only claimed, with a camera that has this picture. */
async function afterArrival(t: Parameters<typeof openBotHouse>[0], jpeg: Buffer | undefined, told = true) {
  const recognition = { picture: async () => jpeg } as unknown as Recognition;
  const house = await openBotHouse(t, { instead: () => ({ recognition }) });
  const chatId = house.host.bot;
  const box = { left: 0, top: 0, width: 0.1, height: 0.2 };
  const arrival = { partyId, guestId: 'anna', name: 'Anna', chatId, time, box, similarity: 92 };
  const clock = clockAt(Date.now());
  const claims = new Claims(house.services.table, clock.now);
  await diedSending(house.services.arrivals, arrival);
  const message = await house.stand.api.sendMessage(chatId, 'Anna is here');
  if (told) await house.services.arrivals.sent(arrival, message.message_id);
  const services = { ...house.services, recognition, claims, outbox: new Outbox(claims), now: clock.now };
  const chat = chatOf(house, services);
  return { house, services, chat, pictures: createPictures(services, chat), message, clock };
}

/** A photo of the chat, as whoever looks at it gets it. */
const photoOf = (
  house: Awaited<ReturnType<typeof afterArrival>>['house'],
  { photo }: PersonMessage,
): Promise<Buffer> => house.host.download(photo!.at(-1)!.file_id);

const photosIn = async (house: Awaited<ReturnType<typeof afterArrival>>['house']) =>
  (await house.host.messages()).filter(({ photo }) => photo);

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
  const drawn = await photoOf(house, photos[0]!);
  assert.notDeepEqual(drawn, jpeg);
  assert.equal((await sharp(drawn).metadata()).format, 'jpeg');
});

test('of a picture that was cut off, what is there is sent', async (t) => {
  const whole = await nobody();
  const { house, pictures } = await afterArrival(t, whole.subarray(0, Math.floor(whole.length / 2)));
  await pictures(job);
  assert.equal((await photosIn(house)).length, 1);
});

test('a picture that cannot be drawn on is sent as it came, and Telegram says what it thinks of it', async (t) => {
  const { house, pictures } = await afterArrival(t, Buffer.from('no picture'));
  await assert.rejects(pictures(job), {
    name: 'ChatGoneError',
    message: /^Telegram refused the message: 400 /,
  });
  assert.ok(house.logged.some((line) => line.includes('could not be drawn on')));
});

test('with images, what the producer has put into the bucket is not put there again', async (t) => {
  const jpeg = await nobody();
  const { house, services, chat } = await afterArrival(t, jpeg);
  const config = { ...services.config, RECOGNITION: 'images' } as Services['config'];
  const puts: string[] = [];
  const storage = new Proxy(services.storage, {
    get: (real, name) => (name === 'put' ? (key: string) => puts.push(key) : Reflect.get(real, name)),
  });

  await createPictures({ ...services, config, storage }, chat)(job);

  assert.equal((await photosIn(house)).length, 1);
  assert.deepEqual(puts, []);
});

test('an arrival whose message is not there yet fails, so that Lambda tries again', async (t) => {
  const { house, pictures } = await afterArrival(t, await nobody(), false);
  await assert.rejects(pictures(job), /no message yet/);
  assert.equal((await photosIn(house)).length, 0);
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

const refusals: Array<[status: number, wait: number]> = [
  [401, minute],
  [403, minute],
  [429, 100 * second],
  [500, 10 * second],
];
for (const [status, wait] of refusals) {
  test(`a picture that Telegram refuses with ${status} comes with Lambda’s first try after ${wait / second} s`, async (t) => {
    const { house, pictures, clock } = await afterArrival(t, await nobody());
    house.stand.telegram.faults.next('sendPhoto', {
      status,
      ...(status === 429 && { retryAfter: wait / second }),
    });
    await assert.rejects(pictures(job), NotSentError);
    clock.pass(wait);
    await assert.rejects(pictures(job), SendPendingError);
    assert.equal((await photosIn(house)).length, 0);

    clock.pass(second);
    await pictures(job);
    await pictures(job);
    assert.equal((await photosIn(house)).length, 1);
  });
}

test('a picture that may be in the chat is not sent again before its lease has ended', async (t) => {
  const { house, pictures } = await afterArrival(t, await nobody());
  house.stand.telegram.faults.next('sendPhoto', { cut: 'after' });
  await assert.rejects(pictures(job), { name: 'HttpError' });

  await assert.rejects(pictures(job), SendPendingError);

  assert.equal((await photosIn(house)).length, 1);
});

test('a picture whose sender died is sent by the next try when the lease has ended', async (t) => {
  const { house, services, pictures, clock } = await afterArrival(t, await nobody());
  const key = { pk: `PARTY#${partyId}`, sk: 'snapshot#anna' };
  await services.claims.claim(key, minute);
  await assert.rejects(pictures(job), SendPendingError);

  clock.pass(minute + second);
  await pictures(job);
  assert.equal((await photosIn(house)).length, 1);
});

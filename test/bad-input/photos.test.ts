import assert from 'node:assert/strict';
import { test } from 'node:test';
import sharp from 'sharp';
import { openBotHouse, says } from '../support/bot-house.ts';
import { portrait } from '../support/portraits.ts';
import { sharedRecognizer } from '../support/recognizer.ts';

const recognizer = await sharedRecognizer();

/** A PNG of so many bytes at least, all of them its picture's. */
const large = (size: number): Promise<Buffer> => {
  const width = 2400;
  const create = { width, height: Math.ceil(size / 3 / width), channels: 3, background: '#888' } as const;
  return sharp({ create }).png({ compressionLevel: 0 }).toBuffer();
};

const asPhoto = /Please send it as a photo(, then Telegram makes it smaller)?\.$/;

/** What is wrong with a photo, and the advice that its sender gets. What is whole and shows a face is tested apart. */
async function badPhotos(): Promise<Array<[what: string, bytes: Buffer, fileName: string, answer: RegExp]>> {
  const carla = await portrait('carla');
  const progressive = await sharp(carla).jpeg({ progressive: true }).toBuffer();
  const png = await sharp(carla).png().toBuffer();
  const heic = Buffer.concat([
    Buffer.from('\0\0\0\x18ftypheic\0\0\0\0mif1heic', 'latin1'),
    Buffer.alloc(5000, 7),
  ]);
  const webp = await sharp(carla).webp().toBuffer();
  const cut = (bytes: Buffer, share: number) => bytes.subarray(0, Math.round(bytes.length * share));
  const damaged = /^That picture is damaged or cut off\. Please send it again\.$/;
  const unreadable = /^I can’t open that file\. Please send a JPEG or PNG, or send it as a photo\.$/;
  const tooSmall = /^That photo is too small\. Do you have a bigger one\?$/;
  return [
    ['a JPEG cut off in the middle', cut(carla, 0.6), 'a.jpg', damaged],
    ['a JPEG cut off near its end', cut(carla, 0.95), 'a.jpg', damaged],
    ['a progressive JPEG cut off', cut(progressive, 0.5), 'a.jpg', damaged],
    ['a PNG cut off', cut(png, 0.5), 'a.png', damaged],
    ['a page that was saved as a picture', Buffer.from('<!doctype html>'), 'a.jpg', unreadable],
    ['a HEIC that is called JPEG', heic, 'IMG_0001.jpg', asPhoto],
    ['a HEIC', heic, 'IMG_0001.HEIC', asPhoto],
    ['a WebP', webp, 'a.webp', asPhoto],
    ['a WebP that is called JPEG', webp, 'a.jpg', asPhoto],
    ['a thumbnail', await sharp(carla).resize(60).jpeg().toBuffer(), 'a.jpg', tooSmall],
    ['a single pixel', await sharp(carla).resize(1, 1).jpeg().toBuffer(), 'a.jpg', tooSmall],
    ['16 MB', await large(16_000_000), 'a.png', asPhoto],
    ['over 20 MB', await large(21 * 1024 * 1024), 'a.png', asPhoto],
    [
      'the dark',
      await sharp(carla).linear(0.18, 0).jpeg().toBuffer(),
      'a.jpg',
      /^That photo is too dark\. Try one in better light\.$/,
    ],
    [
      'a blur',
      await sharp(carla).blur(5).jpeg().toBuffer(),
      'a.jpg',
      /^That photo is blurred\. Do you have a sharper one\?$/,
    ],
    [
      'the deepest dark',
      await sharp(carla).linear(0, 0).jpeg().toBuffer(),
      'a.jpg',
      /^I don’t see a face in that photo\. .* in good light\.$/,
    ],
  ];
}

test('each photo that will not do gets one answer with what is wrong and what to do, and the next good one is taken', async (t) => {
  const house = await openBotHouse(t, { recognizer });
  const { host, services } = house;
  const photos = await badPhotos();
  const answered = async () => (await host.messages()).filter(({ from }) => from?.is_bot).length;
  const before = await answered();
  for (const [what, bytes, fileName, answer] of photos) {
    const { message_id } = await host.send(host.bot, 'document', bytes, fileName, { caption: 'Carla' });
    const told = await host.waitForMessage((message) => message.message_id > message_id, { timeout: 30_000 });
    assert.match(told.text ?? '', answer, what);
    assert.doesNotMatch(told.text ?? '', /\n|wrong on my side/, what);
  }
  const failures = house.logged.filter((line) => line.startsWith('error'));
  assert.deepEqual(failures, [], 'none of it is a fault of ours');
  assert.deepEqual(await services.guests.list(), []);
  assert.deepEqual(await services.table.query('FACES'), []);

  await host.sendPhoto(host.bot, await portrait('carla'), { caption: 'Carla' });
  await host.waitForMessage(says(/^Got it, I’ll know Carla\./));
  assert.equal((await answered()) - before, photos.length + 1, 'one answer each');
});

import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { test } from 'node:test';
import sharp from 'sharp';
import { decodePicture, encodeJpeg, PictureError } from '../../vision/picture.ts';
import { sampleFile } from '../support/pictures.ts';

const red = { r: 255, g: 0, b: 0 };
const plain = (width: number, height: number) =>
  sharp({ create: { width, height, channels: 3, background: red } });

function isPictureError(reason: PictureError['reason']) {
  return (error: unknown) => error instanceof PictureError && error.reason === reason;
}

test('a JPEG photo becomes RGB, three bytes a pixel', async () => {
  const picture = await decodePicture(await readFile(sampleFile(1)));
  assert.equal(picture.data.length, picture.width * picture.height * 3);
  assert.deepEqual([picture.width, picture.height], [1920, 1280]);
});

test('a photo that was taken on its side is turned upright', async () => {
  const bytes = await plain(40, 20).jpeg().withMetadata({ orientation: 6 }).toBuffer();
  const { width, height } = await decodePicture(bytes);
  assert.deepEqual([width, height], [20, 40]);
});

test('grey, transparent, deep and CMYK pictures become RGB too', async () => {
  const half = { create: { width: 8, height: 8, channels: 4 as const, background: { ...red, alpha: 0.5 } } };
  const files = {
    grey: await plain(8, 8).greyscale().toColourspace('b-w').png().toBuffer(),
    transparent: await sharp(half).png().toBuffer(),
    deep: await plain(8, 8).toColourspace('rgb16').png().toBuffer(),
    cmyk: await plain(8, 8).toColourspace('cmyk').jpeg().toBuffer(),
  };
  for (const [kind, bytes] of Object.entries(files)) {
    assert.equal((await decodePicture(bytes)).data.length, 8 * 8 * 3, kind);
  }
});

test('what is transparent becomes white', async () => {
  const clear = { create: { width: 2, height: 2, channels: 4 as const, background: { ...red, alpha: 0 } } };
  const picture = await decodePicture(await sharp(clear).png().toBuffer());
  assert.deepEqual([...picture.data.subarray(0, 3)], [255, 255, 255]);
});

test('a huge photo is made smaller', async () => {
  const { width, height } = await decodePicture(await plain(5000, 1000).jpeg().toBuffer());
  assert.deepEqual([width, height], [4096, 819]);
});

test('what is neither JPEG nor PNG is refused with its reason', async () => {
  const others = [
    Buffer.alloc(0),
    Buffer.from('hello'),
    await plain(8, 8).webp().toBuffer(),
    Buffer.from('<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"/>'),
  ];
  for (const bytes of others) await assert.rejects(decodePicture(bytes), isPictureError('format'));
});

test('a picture that was cut off or damaged is refused with its reason', async () => {
  const photo = await readFile(sampleFile(1));
  const png = await plain(64, 64).png().toBuffer();
  for (const bytes of [photo.subarray(0, 2000), photo.subarray(0, photo.length / 2), png.subarray(0, 60)]) {
    await assert.rejects(decodePicture(bytes), isPictureError('broken'));
  }
});

test('a picture survives being encoded and decoded', async () => {
  const picture = await decodePicture(await plain(30, 20).png().toBuffer());
  const again = await decodePicture(await encodeJpeg(picture, 95));
  assert.deepEqual([again.width, again.height], [30, 20]);
  assert.ok(again.data[0]! > 245 && again.data[1]! < 10);
});

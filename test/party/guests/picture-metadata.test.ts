import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import sharp from 'sharp';
import { withoutMetadata } from '../../../party/guests/picture-metadata.ts';
import { rounds, seedOf } from '../../support/rounds.ts';

const width = 48;
const height = 32;
/** A picture in which each side looks different. */
const pixels = Buffer.from(Array.from({ length: width * height * 3 }, (_, index) => (index * 5) % 251));
const drawn = () => sharp(pixels, { raw: { width, height, channels: 3 } });

const written = {
  IFD0: { Make: 'Phone', Artist: 'Anna at home', ImageDescription: 'Anna at home' },
  IFD3: {
    GPSLatitudeRef: 'N',
    GPSLatitude: '52/1 31/1 0/1',
    GPSLongitudeRef: 'E',
    GPSLongitude: '13/1 24/1 0/1',
  },
};
const secrets = /Phone|Anna at home|Exif|xpacket|GPS|ftyp/;

const text = (bytes: Uint8Array): string => Buffer.from(bytes).toString('latin1');
const decoded = (bytes: Uint8Array): Promise<Buffer> => sharp(bytes).rotate().removeAlpha().raw().toBuffer();

/** A JPEG with all that a phone may write into one, and a film behind its end. */
async function phoneJpeg(orientation = 1, progressive = false): Promise<Buffer> {
  const bytes = await drawn()
    .withMetadata({ orientation, exif: written })
    .withXmp('<x:xmpmeta xmlns:x="adobe:ns:meta/"><?xpacket Anna at home?></x:xmpmeta>')
    .jpeg({ progressive })
    .toBuffer();
  const comment = Buffer.from('\xff\xfe\0\x0eAnna at home', 'latin1');
  const film = Buffer.from('\0\0\0\x18ftypmp42 Anna at home', 'latin1');
  return Buffer.concat([bytes.subarray(0, 2), comment, bytes.subarray(2), film]);
}

for (const progressive of [false, true]) {
  test(`a ${progressive ? 'progressive' : 'plain'} JPEG keeps its pixels and nothing that was written into it`, async () => {
    const sent = await phoneJpeg(1, progressive);
    assert.match(text(sent), secrets);
    const kept = withoutMetadata(sent, 'image/jpeg');
    assert.doesNotMatch(text(kept), secrets);
    assert.deepEqual(await decoded(kept), await decoded(sent));
    const { exif, xmp, iptc, icc } = await sharp(kept).metadata();
    assert.deepEqual([exif, xmp, iptc], [undefined, undefined, undefined]);
    assert.ok(icc, 'its colours are meant as before');
  });
}

for (let orientation = 2; orientation <= 8; orientation++) {
  test(`a JPEG that lies on its side (${orientation}) still says so, and nothing else`, async () => {
    const sent = await phoneJpeg(orientation);
    const kept = withoutMetadata(sent, 'image/jpeg');
    assert.doesNotMatch(text(kept).replace('Exif', ''), secrets);
    assert.equal((await sharp(kept).metadata()).orientation, orientation);
    assert.deepEqual(await decoded(kept), await decoded(sent));
    assert.deepEqual(withoutMetadata(kept, 'image/jpeg'), kept);
  });
}

test('a JPEG with bytes that do not belong there is read as decoders read it', async () => {
  const sent = await phoneJpeg();
  const odd = Buffer.concat([
    sent.subarray(0, 2),
    Buffer.from([7, 0, 9, 0xff, 0xff, 0xff]),
    sent.subarray(2),
  ]);
  const kept = withoutMetadata(odd, 'image/jpeg');
  assert.doesNotMatch(text(kept), secrets);
  assert.deepEqual(await decoded(kept), await decoded(sent));
});

test('a PNG keeps its pixels and nothing that was written into it', async () => {
  const sent = await drawn().withMetadata({ exif: written }).png().toBuffer();
  const note = Buffer.from('\0\0\0\x14tEXtTitle\0Anna at home!!....', 'latin1');
  const end = Buffer.from('behind it: Anna at home');
  const withNote = Buffer.concat([sent.subarray(0, 33), note, sent.subarray(33), end]);
  const kept = withoutMetadata(withNote, 'image/png');
  assert.match(text(withNote), secrets);
  assert.doesNotMatch(text(kept), secrets);
  assert.deepEqual(await decoded(kept), await decoded(sent));
});

test('no broken picture holds it up or brings it down, and none gets larger than by an orientation', async (t) => {
  const files = [
    [await phoneJpeg(6), 'image/jpeg'],
    [await phoneJpeg(1, true), 'image/jpeg'],
    [await drawn().withMetadata({ exif: written }).png().toBuffer(), 'image/png'],
  ] as const;
  const changes = fc.array(fc.tuple(fc.nat(), fc.integer({ min: 0, max: 255 })), { maxLength: 20 });
  const property = fc.property(fc.constantFrom(...files), fc.nat(), changes, ([file, type], end, changed) => {
    const broken = Buffer.from(file.subarray(0, 8 + (end % (file.length - 7))));
    for (const [at, byte] of changed) if (at % broken.length > 7) broken[at % broken.length] = byte;
    assert.ok(withoutMetadata(broken, type).length <= broken.length + 4);
  });
  fc.assert(property, { numRuns: rounds(500, 20_000), seed: seedOf(t) });
});

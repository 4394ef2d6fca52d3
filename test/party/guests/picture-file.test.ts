import assert from 'node:assert/strict';
import { test } from 'node:test';
import { type PictureFile, pictureFile } from '../../../party/guests/picture-file.ts';

const file = (beginning: string): Buffer =>
  Buffer.concat([Buffer.from(beginning, 'latin1'), Buffer.alloc(99)]);
const branded = (...brands: string[]): Buffer =>
  file(
    `\0\0\0${String.fromCharCode(12 + 4 * brands.length)}ftyp${brands[0]}\0\0\0\0${brands.slice(1).join('')}`,
  );

const cases: Array<[what: string, bytes: Buffer, expected: PictureFile]> = [
  ['a JPEG', file('\xff\xd8\xff\xe0'), { contentType: 'image/jpeg' }],
  ['a PNG', file('\x89PNG\r\n\x1a\n'), { contentType: 'image/png' }],
  ['a HEIC', branded('heic', 'mif1', 'heic'), { otherKind: 'HEIC' }],
  ['a HEIC by its other brands', branded('mif1', 'mif1', 'heic'), { otherKind: 'HEIC' }],
  ['a HEIC of several pictures', branded('hevc'), { otherKind: 'HEIC' }],
  ['an AVIF', branded('avif', 'mif1'), { otherKind: 'AVIF' }],
  ['an AVIF by its other brands', branded('mif1', 'avif', 'miaf'), { otherKind: 'AVIF' }],
  ['a WebP', file('RIFF\x10\0\0\0WEBPVP8 '), { otherKind: 'WebP' }],
  ['a GIF', file('GIF89a'), { otherKind: 'GIF' }],
  ['a TIFF', file('II*\0'), { otherKind: 'TIFF' }],
  ['a bitmap', file('BM\x36\0\x0c\0\0\0\0\0'), { otherKind: 'BMP' }],
  ['a film', branded('isom', 'iso2', 'avc1'), { problem: 'not a picture' }],
  ['a film of a phone', branded('qt  '), { problem: 'not a picture' }],
  ['a WAV', file('RIFF\x10\0\0\0WAVEfmt '), { problem: 'not a picture' }],
  ['a text', Buffer.from('Bring a cake'), { problem: 'not a picture' }],
  ['nothing', Buffer.alloc(0), { problem: 'not a picture' }],
  [
    'the first box of a film and no more',
    Buffer.from('\0\0\0\x18ftyp', 'latin1'),
    { problem: 'not a picture' },
  ],
];
for (const [what, bytes, expected] of cases) test(what, () => assert.deepEqual(pictureFile(bytes), expected));

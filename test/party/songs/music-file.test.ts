import assert from 'node:assert/strict';
import { randomBytes } from 'node:crypto';
import { test } from 'node:test';
import fc from 'fast-check';
import { type MusicFile, musicFile } from '../../../party/songs/music-file.ts';
import { rounds, seedOf } from '../../support/rounds.ts';
import { silentMp3, silentWav } from '../../support/silence.ts';

const mp3: MusicFile = { contentType: 'audio/mpeg' };
const notMusic: MusicFile = { problem: 'not music' };
const damaged: MusicFile = { problem: 'damaged' };

const plain = silentMp3(20);
const tagged = silentMp3(20, { title: 'Silent Night', artist: 'The Guests' });

/** A tag that says to be longer than it is. */
const overlong = (): Buffer => Buffer.concat([Buffer.from('ID3\x04\0\0\x7f\x7f\x7f\x7f', 'latin1'), plain]);
const boxNamed = (type: string, content = ''): Buffer => {
  const box = Buffer.alloc(8 + content.length);
  box.writeUInt32BE(box.length);
  box.write(type + content, 4, 'latin1');
  return box;
};

const cases: Array<[what: string, bytes: () => Uint8Array, expected: MusicFile]> = [
  ['an MP3', () => plain, mp3],
  ['an MP3 with a tag', () => tagged, mp3],
  [
    'an MP3 with two tags and one at its end',
    () => Buffer.concat([tagged, Buffer.from('TAG'.padEnd(128))]),
    mp3,
  ],
  ['an MP3 of one frame', () => silentMp3(1), mp3],
  ['an MP3 with stray bytes before the sound', () => Buffer.concat([Buffer.alloc(300), plain]), mp3],
  ['an MP3 that ends in the middle of a frame', () => plain.subarray(0, plain.length - 100), mp3],
  ['nothing', () => new Uint8Array(), notMusic],
  ['a text', () => Buffer.from('Silent night, holy night'), notMusic],
  [
    'a text in UTF-16, which begins with FF FE',
    () => Buffer.from('\ufeffSilent night, holy night', 'utf16le'),
    notMusic,
  ],
  ['a page of the web', () => Buffer.from('<!doctype html><title>404</title>'), notMusic],
  ['a WAV', () => silentWav(1), notMusic],
  [
    'an AAC stream, which begins with FF F1',
    () => Buffer.concat([Buffer.from('fff15080', 'hex'), randomBytes(900)]),
    notMusic,
  ],
  [
    'layer II, which begins with FF FD',
    () =>
      Buffer.concat(
        Array.from({ length: 9 }, () => Buffer.concat([Buffer.from('fffda004', 'hex'), Buffer.alloc(831)])),
      ),
    notMusic,
  ],
  ['random bytes', () => randomBytes(200_000), notMusic],
  ['a HEIC picture', () => Buffer.concat([boxNamed('ftyp', 'heic\0\0\0\0mif1'), boxNamed('meta')]), notMusic],
  [
    'an MP3 whose header is broken',
    () =>
      Buffer.concat([Buffer.alloc(4), Buffer.from([0xff, 0xfb, 0xff, 0xff]), randomBytes(2000).fill(0x55)]),
    notMusic,
  ],
  ['a tag without sound', () => tagged.subarray(0, tagged.length - plain.length), damaged],
  [
    'a tag and then something else',
    () => Buffer.concat([tagged.subarray(0, tagged.length - plain.length), Buffer.alloc(9000)]),
    damaged,
  ],
  ['a tag cut off', () => tagged.subarray(0, 8), damaged],
  ['a tag that is too long', overlong, damaged],
  [
    'an M4A with nothing in it',
    () => Buffer.concat([boxNamed('ftyp', 'M4A \0\0\0\0'), boxNamed('moov')]),
    damaged,
  ],
];
for (const [what, bytes, expected] of cases) {
  test(`${what} is ${JSON.stringify(expected)}`, () => assert.deepEqual(musicFile(bytes()), expected));
}

test('no broken file holds it up or brings it down', (t) => {
  const changes = fc.array(fc.tuple(fc.nat(), fc.integer({ min: 0, max: 255 })), { maxLength: 20 });
  const property = fc.property(fc.constantFrom(plain, tagged), fc.nat(), changes, (file, end, changed) => {
    const broken = Buffer.from(file.subarray(0, 1 + (end % file.length)));
    for (const [at, byte] of changed) broken[at % broken.length] = byte;
    musicFile(broken);
  });
  fc.assert(property, { numRuns: rounds(500, 20_000), seed: seedOf(t) });
});

import assert from 'node:assert/strict';
import { randomBytes } from 'node:crypto';
import { test } from 'node:test';
import fc from 'fast-check';
import { type MusicProblem, musicFile, withoutTags } from '../../../party/songs/music-file.ts';
import { rounds, seedOf } from '../../support/rounds.ts';
import { silentMp3, silentWav } from '../../support/silence.ts';

type Verdict = 'audio/mpeg' | 'audio/mp4' | MusicProblem;
const mp3 = 'audio/mpeg';
const notMusic = 'not music';
const damaged = 'damaged';

const verdict = (bytes: Uint8Array): Verdict => {
  const music = musicFile(bytes);
  return 'problem' in music ? music.problem : music.contentType;
};
/** What of it plays. */
const played = (bytes: Uint8Array): Uint8Array | undefined => {
  const music = musicFile(bytes);
  return 'problem' in music ? undefined : music.bytes;
};

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

/** A chunk of a RIFF file. */
const chunk = (type: string, content: Uint8Array): Buffer => {
  const head = Buffer.alloc(8);
  head.write(type, 'latin1');
  head.writeUInt32LE(content.length, 4);
  return Buffer.concat([head, content, Buffer.alloc(content.length % 2)]);
};
/** A WAVE file whose sound is of a format (0x55 is MP3's). */
const wave = (format: number, sound: Uint8Array, form = 'WAVE'): Buffer => {
  const details = Buffer.alloc(30);
  details.writeUInt16LE(format);
  const chunks = [chunk('fmt ', details), chunk('fact', Buffer.alloc(5)), chunk('data', sound)];
  return chunk('RIFF', Buffer.concat([Buffer.from(form), ...chunks]));
};
/** An APEv2 tag, with a header, of a length without it. */
const apeTag = (length: number): Buffer => {
  const tag = Buffer.alloc(32 + length);
  tag.write('APETAGEX');
  tag.writeUInt32LE(2000, 8);
  tag.writeUInt32LE(length, 12);
  return tag;
};
/** A film: now and then two frames of an MP3 in a lot of picture. */
const filmWithMp3 = (): Buffer =>
  Buffer.concat(Array.from({ length: 9 }, () => [silentMp3(5), Buffer.alloc(40_000, 0x55)]).flat());

const cases: Array<[what: string, bytes: () => Uint8Array, expected: Verdict]> = [
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
  ['an MP3 in a RIFF', () => wave(0x55, plain), mp3],
  ['an MP3 with a tag in a RIFF', () => wave(0x55, tagged), mp3],
  ['an MP3 in a RIFF that was never finished', () => wave(0x55, plain).subarray(0, -2000), mp3],
  ['an MP3 in a RIFF of its own form', () => wave(1, plain, 'RMP3'), mp3],
  ['an MP3 in a RIFF that says to be a WAV', () => wave(1, plain), mp3],
  ['a RIFF with nothing in it', () => wave(0x55, Buffer.alloc(0)), notMusic],
  ['a RIFF cut off', () => wave(0x55, plain).subarray(0, 17), notMusic],
  ['an MP3 behind many zeros', () => Buffer.concat([Buffer.alloc(300_000), plain]), mp3],
  ['an MP3 behind a tag and many zeros', () => Buffer.concat([tagged, Buffer.alloc(9000), plain]), mp3],
  ['an MP3 behind an APEv2 tag', () => Buffer.concat([apeTag(9000), plain]), mp3],
  ['an MP3 behind two tags', () => Buffer.concat([apeTag(100), tagged]), mp3],
  ['an MP3 with APEv2 at its end', () => Buffer.concat([silentMp3(2), apeTag(100)]), mp3],
  ['an APEv2 tag without sound', () => apeTag(100), damaged],
  ['a film with the sound of an MP3', filmWithMp3, notMusic],
  [
    'a header at the end of something else',
    () => Buffer.concat([Buffer.alloc(999, 1), plain.subarray(0, 99)]),
    notMusic,
  ],
  ['zeros', () => Buffer.alloc(400_000), notMusic],
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
  test(`${what}: ${expected}`, () => assert.equal(verdict(bytes()), expected));
}

test('of a good file every byte plays, and of others what stands before the sound is taken away', () => {
  assert.equal(played(tagged), tagged);
  assert.equal(played(plain), plain);
  for (const before of [
    Buffer.alloc(5000),
    apeTag(300),
    Buffer.alloc(100, 7),
    Buffer.concat([apeTag(10), Buffer.alloc(9)]),
  ])
    assert.deepEqual(Buffer.from(played(Buffer.concat([before, plain]))!), plain);
  assert.deepEqual(Buffer.from(played(wave(0x55, tagged))!), tagged);
  const tag = tagged.subarray(0, tagged.length - plain.length);
  assert.deepEqual(Buffer.from(played(Buffer.concat([tag, Buffer.alloc(9000), plain]))!), tagged);
});

test('without its tags an MP3 is its sound', () => {
  const withEnd = Buffer.concat([tagged, Buffer.from('TAG'.padEnd(128))]);
  const music = musicFile(withEnd);
  assert.ok('bytes' in music);
  assert.deepEqual(Buffer.from(withoutTags(music)), plain);
});

test('no broken file holds it up or brings it down', (t) => {
  const changes = fc.array(fc.tuple(fc.nat(), fc.integer({ min: 0, max: 255 })), { maxLength: 20 });
  const property = fc.property(
    fc.constantFrom(plain, tagged, wave(0x55, plain), Buffer.concat([apeTag(50), plain])),
    fc.nat(),
    changes,
    (file, end, changed) => {
      const broken = Buffer.from(file.subarray(0, 1 + (end % file.length)));
      for (const [at, byte] of changed) broken[at % broken.length] = byte;
      musicFile(broken);
    },
  );
  fc.assert(property, { numRuns: rounds(500, 20_000), seed: seedOf(t) });
});

import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { before, test } from 'node:test';
import fc from 'fast-check';
import { encodeMp3 } from '../../../carols/encode.ts';
import { sampleRate, silence } from '../../../carols/sound.ts';
import { type MusicFile, musicFile } from '../../../party/songs/music-file.ts';
import { silentM4a } from '../../local/telegram/recordings.ts';
import { makeClip } from '../../support/clip.ts';
import { emptyFolder } from '../../support/folder.ts';
import { rounds, seedOf } from '../../support/rounds.ts';

const mp3: MusicFile = { contentType: 'audio/mpeg' };
const m4a: MusicFile = { contentType: 'audio/mp4' };
const notMusic: MusicFile = { problem: 'not music' };
const film: MusicFile = { problem: 'film' };
const damaged: MusicFile = { problem: 'damaged' };

let recording: Buffer;
let video: Buffer;

before(async () => {
  const folder = await emptyFolder();
  recording = await silentM4a(folder, 1);
  const clip = path.join(folder, 'film.mp4');
  const picture = { width: 64, height: 36, data: new Uint8Array(64 * 36 * 3) };
  await makeClip([{ picture, seconds: 1 }], clip, { framesPerSecond: 5, width: 128 });
  video = await readFile(clip);
});

/** The same file under another brand. */
function branded(file: Buffer, brand: string): Buffer {
  const copy = Buffer.from(file);
  copy.write(brand, 8, 'latin1');
  return copy;
}

const cases: Array<[what: string, bytes: () => Uint8Array, expected: MusicFile]> = [
  ['an M4A', () => recording, m4a],
  ['an M4A of a plain brand', () => branded(recording, 'isom'), m4a],
  ['a film of QuickTime', () => branded(recording, 'qt  '), notMusic],
  ['a film', () => video, film],
  ['a film that is called music', () => branded(video, 'mp42'), film],
  ['an M4A cut off before it says what it holds', () => recording.subarray(0, 60), damaged],
];
for (const [what, bytes, expected] of cases) {
  test(`${what} is ${JSON.stringify(expected)}`, () => assert.deepEqual(musicFile(bytes()), expected));
}

test('what the carols’ encoder writes is an MP3', async () => {
  assert.deepEqual(musicFile(await encodeMp3(silence(sampleRate), { title: 'Carol', artist: 'Band' })), mp3);
});

test('no broken recording holds it up or brings it down', (t) => {
  const changes = fc.array(fc.tuple(fc.nat(), fc.integer({ min: 0, max: 255 })), { maxLength: 20 });
  const property = fc.property(fc.constantFrom(recording, video), fc.nat(), changes, (file, end, changed) => {
    const broken = Buffer.from(file.subarray(0, 1 + (end % file.length)));
    for (const [at, byte] of changed) broken[at % broken.length] = byte;
    musicFile(broken);
  });
  fc.assert(property, { numRuns: rounds(500, 20_000), seed: seedOf(t) });
});

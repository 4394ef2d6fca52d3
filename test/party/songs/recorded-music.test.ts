import assert from 'node:assert/strict';
import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { before, test } from 'node:test';
import { fileURLToPath } from 'node:url';
import fc from 'fast-check';
import { encodeMp3 } from '../../../carols/encode.ts';
import { sampleRate, silence } from '../../../carols/sound.ts';
import { probe } from '../../../local/telegram/media/probe.ts';
import { sniff } from '../../../local/telegram/media/sniff.ts';
import { type MusicProblem, musicFile, withoutTags } from '../../../party/songs/music-file.ts';
import { makeClip } from '../../support/clip.ts';
import { emptyFolder } from '../../support/folder.ts';
import { rounds, seedOf } from '../../support/rounds.ts';
import { silentM4a } from '../../support/silent-m4a.ts';

type Verdict = 'audio/mpeg' | 'audio/mp4' | MusicProblem;

const verdict = (bytes: Uint8Array): Verdict => {
  const music = musicFile(bytes);
  return 'problem' in music ? music.problem : music.contentType;
};

/** What people had sent when it went wrong: too large for the project, and so only looked at where they are. */
const sent = fileURLToPath(new URL('../../../../shared/cases/songs', import.meta.url));

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

/** The same file with another codec for its sound, or no samples in it. */
function withCodec(file: Buffer, codec: string): Buffer {
  const copy = Buffer.from(file);
  copy.write(codec, copy.indexOf('mp4a'), 'latin1');
  return copy;
}
function withoutSamples(file: Buffer): Buffer {
  const copy = Buffer.from(file);
  copy.writeUInt32BE(0, copy.indexOf('stsz') + 12);
  return copy;
}

/** The same file under another brand. */
function branded(file: Buffer, brand: string): Buffer {
  const copy = Buffer.from(file);
  copy.write(brand, 8, 'latin1');
  return copy;
}

const cases: Array<[what: string, bytes: () => Uint8Array, expected: Verdict]> = [
  ['an M4A', () => recording, 'audio/mp4'],
  ['an M4A of a plain brand', () => branded(recording, 'isom'), 'audio/mp4'],
  ['a film of QuickTime', () => branded(recording, 'qt  '), 'not music'],
  ['a film', () => video, 'film'],
  ['a film that is called music', () => branded(video, 'mp42'), 'film'],
  ['a film that says it is an M4A', () => branded(video, 'M4A '), 'film'],
  ['a phone’s recording', () => branded(recording, '3gp4'), 'audio/mp4'],
  ['an M4A of a brand that nobody has heard of', () => branded(recording, 'xyz1'), 'audio/mp4'],
  ['an M4A of Apple’s lossless', () => withCodec(recording, 'alac'), 'audio/mp4'],
  ['a phone’s recording in AMR', () => withCodec(branded(recording, '3gp4'), 'samr'), 'not music'],
  ['an M4A of Apple’s shop of old', () => withCodec(recording, 'drms'), 'protected'],
  ['a book of Audible’s', () => withCodec(branded(recording, 'aax '), 'aavd'), 'protected'],
  ['an M4A encrypted by the common scheme', () => withCodec(branded(recording, 'mp42'), 'enca'), 'protected'],
  ['an M4A that was begun and never recorded', () => withoutSamples(recording), 'damaged'],
  ['an M4A cut off before it says what it holds', () => recording.subarray(0, 60), 'damaged'],
];
for (const [what, bytes, expected] of cases) {
  test(`${what}: ${expected}`, () => assert.equal(verdict(bytes()), expected));
}

test('what the carols’ encoder writes is an MP3', async () => {
  assert.equal(
    verdict(await encodeMp3(silence(sampleRate), { title: 'Carol', artist: 'Band' })),
    'audio/mpeg',
  );
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

test('a phone’s recording is sent as what it is, an M4A', () => {
  const music = musicFile(branded(recording, '3gp4'));
  assert.ok('bytes' in music);
  assert.deepEqual(Buffer.from(music.bytes), branded(recording, 'M4A '));
});

test('without its tags an M4A plays as before', async () => {
  const tagged = musicFile(recording);
  assert.ok('bytes' in tagged);
  const bare = Buffer.from(withoutTags(tagged));
  assert.ok(recording.includes('udta') && !bare.includes('udta'));
  assert.equal(bare.length, recording.length);
  assert.equal(verdict(bare), 'audio/mp4');
});

const sentFiles: Array<[file: string, expected: Verdict]> = [
  ['riff.mp3', 'audio/mpeg'],
  ['junk5k.mp3', 'audio/mpeg'],
  ['samsung-voice.m4a', 'audio/mp4'],
  ['protected.m4a', 'protected'],
  ['invisible-title.mp3', 'audio/mpeg'],
];
for (const [file, expected] of sentFiles) {
  const skip = !existsSync(path.join(sent, file));
  test(`${file}, as somebody sent it: ${expected}`, { skip }, async () => {
    const bytes = await readFile(path.join(sent, file));
    assert.equal(verdict(bytes), expected);
    if (expected !== 'protected') assert.ok(await playsAs(musicFile(bytes)), 'it plays');
  });
}

/** Whether FFmpeg's reader of that very kind finds sound in it at once. */
async function playsAs(music: ReturnType<typeof musicFile>): Promise<boolean> {
  if ('problem' in music) return false;
  const bytes = Buffer.from(music.bytes);
  const found = await probe(bytes, sniff(bytes)!);
  return found?.sound === true && found.duration > 0;
}

import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { EncodeError, encodeMp3 } from '../../carols/encode.ts';
import { type Sound, sampleRate, samplesIn, silence } from '../../carols/sound.ts';
import { centsOff } from './spectrum.ts';

// After encode.ts, which makes Node 20 ready for it.
const { Decoder, Demuxer } = await import('node-av');

async function decode(file: Uint8Array) {
  await using demuxer = await Demuxer.open(Buffer.from(file));
  const stream = demuxer.audio()!;
  using decoder = await Decoder.create(stream);
  const left: Float32Array[] = [];
  for await (using frame of decoder.frames(demuxer.packets(stream.index))) {
    if (!frame) continue;
    const [plane] = frame.data!;
    left.push(new Float32Array(new Uint8Array(plane!).buffer, 0, frame.nbSamples));
  }
  const samples = new Float32Array(left.reduce((sum, part) => sum + part.length, 0));
  let at = 0;
  for (const part of left) {
    samples.set(part, at);
    at += part.length;
  }
  return {
    samples,
    rate: stream.codecpar.sampleRate,
    channels: stream.codecpar.channels,
    tags: demuxer.metadata,
  };
}

const tone: Sound = silence(samplesIn(2.5));
for (let i = 0; i < tone.left.length; i += 1) {
  tone.left[i] = 0.4 * Math.sin((2 * Math.PI * 440 * i) / sampleRate);
  tone.right[i] = 0.4 * Math.sin((2 * Math.PI * 660 * i) / sampleRate);
}

describe('the MP3 encoder', () => {
  it('writes a file that begins as an MP3 with tags does, followed by a frame of MPEG layer III', async () => {
    const file = await encodeMp3(tone, { title: 'Two Tones', artist: 'Nobody' });
    assert.equal(Buffer.from(file.subarray(0, 3)).toString('latin1'), 'ID3');
    // The tag's length is written in seven bits a byte (id3.org, ID3v2.4 section 6.2).
    const tagLength = file.subarray(6, 10).reduce((length, byte) => length * 128 + byte, 0);
    assert.equal(file[10 + tagLength], 0xff);
    assert.equal(file[10 + tagLength + 1]! & 0xfe, 0xfa);
  });

  it('keeps title and artist, length, rate, both sides and the pitch', async () => {
    const decoded = await decode(await encodeMp3(tone, { title: 'Stille – Nacht', artist: 'Musical Joy' }));
    assert.equal(decoded.tags?.title, 'Stille – Nacht');
    assert.equal(decoded.tags?.artist, 'Musical Joy');
    assert.equal(decoded.rate, sampleRate);
    assert.equal(decoded.channels, 2);
    assert.ok(
      Math.abs(decoded.samples.length - tone.left.length) <= 1152,
      `${decoded.samples.length} samples`,
    );
    assert.ok(Math.abs(centsOff(decoded.samples.subarray(sampleRate, 2 * sampleRate), 440)) <= 1);
  });

  it('says what could not be encoded', async () => {
    await assert.rejects(encodeMp3(silence(0), { title: 'Nothing', artist: '' }), (error: Error) => {
      assert.ok(error instanceof EncodeError);
      assert.match(error.message, /"Nothing" could not be encoded/);
      return true;
    });
  });
});

import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { compress, limit } from '../../carols/dynamics.ts';
import { loudness } from '../../carols/loudness.ts';
import { seededRandom } from '../../carols/random.ts';
import { reverberate } from '../../carols/reverb.ts';
import { gainOf, type Sound, sampleRate, samplesIn, silence } from '../../carols/sound.ts';

function sine(seconds: number, hertz: number, level: number): Sound {
  const left = Float32Array.from(
    { length: samplesIn(seconds) },
    (_, i) => level * Math.sin((2 * Math.PI * hertz * i) / sampleRate),
  );
  return { left, right: left.slice() };
}

const peak = (samples: Float32Array) => samples.reduce((most, sample) => Math.max(most, Math.abs(sample)), 0);
const decibels = (ratio: number) => 20 * Math.log10(ratio);

describe('loudness', () => {
  it('is what ITU-R BS.1770 says of a full sine of 997 Hz: -3.01 LUFS on one side, 0 on both', () => {
    const both = sine(3, 997, 1);
    assert.ok(Math.abs(loudness(both) - 0) < 0.05);
    assert.ok(
      Math.abs(loudness({ left: both.left, right: new Float32Array(both.left.length) }) + 3.01) < 0.05,
    );
  });

  it('counts lows less and highs more, as ears do', () => {
    assert.ok(loudness(sine(2, 50, 0.5)) < loudness(sine(2, 997, 0.5)) - 2);
    assert.ok(loudness(sine(2, 6000, 0.5)) > loudness(sine(2, 997, 0.5)) + 2);
  });

  it('takes no notice of silence around the music', () => {
    const tone = sine(4, 997, 0.5);
    const padded = silence(samplesIn(10));
    padded.left.set(tone.left, samplesIn(4));
    padded.right.set(tone.right, samplesIn(4));
    assert.ok(Math.abs(loudness(padded) - loudness(tone)) < 0.4);
    assert.equal(loudness(silence(samplesIn(2))), Number.NEGATIVE_INFINITY);
  });
});

describe('the limiter', () => {
  it('keeps every sample under the ceiling, however sudden the peak', () => {
    const random = seededRandom(7);
    const sound = silence(sampleRate);
    for (const samples of [sound.left, sound.right])
      for (let i = 0; i < samples.length; i += 1)
        samples[i] = (random.next() < 0.001 ? 4 : 0.4) * (2 * random.next() - 1);
    limit(sound, -1.5);
    assert.ok(peak(sound.left) <= gainOf(-1.5) + 1e-6 && peak(sound.right) <= gainOf(-1.5) + 1e-6);
  });

  it('leaves what is under the ceiling as it is', () => {
    const sound = sine(0.5, 440, 0.5);
    const before = sound.left.slice();
    limit(sound, -1.5);
    for (let i = 0; i < before.length; i += 1) assert.ok(Math.abs(sound.left[i]! - before[i]!) < 1e-6);
  });

  it('turns both sides down together, so that nothing moves in the room', () => {
    const sound = { left: sine(0.3, 200, 1.6).left, right: sine(0.3, 200, 0.4).left };
    limit(sound, -1.5);
    for (let i = 0; i < sound.left.length; i += 1)
      assert.ok(Math.abs(sound.left[i]! - 4 * sound.right[i]!) < 1e-5);
  });
});

describe('the compressor', () => {
  it('makes one decibel of two above its threshold and none below', () => {
    for (const [level, expected] of [
      [-30, -30],
      [-10, -15],
    ] as const) {
      // A sine's power is 3 dB under its peak.
      const sound = sine(2, 400, gainOf(level + 3.01));
      compress(sound, -20);
      const settled = decibels(peak(sound.left.subarray(sampleRate))) - 3.01;
      assert.ok(Math.abs(settled - expected) < 0.3, `${level} became ${settled}`);
    }
  });
});

describe('the room', () => {
  const clap = silence(samplesIn(3));
  clap.left[0] = 1;
  const room = reverberate(clap, 1.9);
  const level = (from: number) => {
    const part = room.left.subarray(samplesIn(from), samplesIn(from + 0.2));
    return 10 * Math.log10(part.reduce((sum, sample) => sum + sample * sample, 0));
  };

  it('answers after a moment and dies away evenly, by 60 dB in about the time asked for', () => {
    assert.equal(peak(room.left.subarray(0, samplesIn(0.015))), 0);
    const fall = level(0.3) - level(1.3);
    // Highs fall faster than the 31.6 dB a second of the lows, so a click falls by somewhat more.
    assert.ok(fall > 28 && fall < 50, `${fall} dB in a second`);
    assert.ok(level(0.3) > level(0.6) && level(0.6) > level(0.9) && level(0.9) > level(1.2));
  });

  it('is heard on both sides, and not the same', () => {
    assert.ok(peak(room.right) > 0);
    assert.notDeepEqual(room.left, room.right);
  });
});

import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { before, describe, it } from 'node:test';
import { loudness } from '../../carols/loudness.ts';
import { ceiling, playTogether, targetLoudness } from '../../carols/mix.ts';
import { perform } from '../../carols/performance.ts';
import { renderScore } from '../../carols/render.ts';
import type { Score } from '../../carols/score.ts';
import { scores } from '../../carols/scores/index.ts';
import { gainOf, type Sound, samplesIn } from '../../carols/sound.ts';
import { isLong } from '../support/rounds.ts';
import { pitchBegun } from './spectrum.ts';

const sides = ({ left, right }: Sound) => [left, right];
const peak = (samples: Float32Array) => samples.reduce((most, sample) => Math.max(most, Math.abs(sample)), 0);
const print = (sound: Sound) => {
  const hash = createHash('sha256');
  for (const samples of sides(sound)) hash.update(samples);
  return hash.digest('hex');
};

describe('a rendered carol', () => {
  const rendered = new Map<Score, Sound>();
  before(() => {
    // Each takes more than a second.
    for (const score of isLong ? scores : scores.slice(0, 2)) rendered.set(score, renderScore(score));
  });

  it('is as long as its performance says', () => {
    for (const [score, { left, right }] of rendered) {
      assert.equal(left.length, samplesIn(perform(score).seconds));
      assert.equal(right.length, left.length);
    }
  });

  it('is as loud as the others', () => {
    for (const [score, sound] of rendered)
      assert.ok(Math.abs(loudness(sound) - targetLoudness) < 0.5, `${score.id}: ${loudness(sound)} LUFS`);
  });

  it('never clips, nor leans to one side of zero', () => {
    for (const [score, sound] of rendered)
      for (const samples of sides(sound)) {
        assert.ok(peak(samples) <= gainOf(ceiling) + 1e-6, `${score.id}: ${peak(samples)}`);
        const mean = samples.reduce((sum, sample) => sum + sample, 0) / samples.length;
        assert.ok(Math.abs(mean) < 1e-4, `${score.id}: ${mean}`);
      }
  });

  it('begins and ends in silence, and fades without a break', () => {
    for (const [score, sound] of rendered)
      for (const samples of sides(sound)) {
        assert.ok(peak(samples.subarray(0, samplesIn(0.1))) < 1e-3, score.id);
        assert.ok(peak(samples.subarray(-samplesIn(0.05))) < 1e-3, score.id);
        // Each half second of the ending is quieter than the one before.
        const halves = [5, 4, 3, 2, 1].map((n) => {
          const from = samples.length - samplesIn(n / 2);
          return peak(samples.subarray(from, from + samplesIn(0.5)));
        });
        assert.deepEqual(
          halves,
          halves.toSorted((a, b) => b - a),
          score.id,
        );
      }
  });

  it('is wide, but not so wide that a telephone with one speaker loses it', () => {
    for (const [score, { left, right }] of rendered) {
      const product = left.reduce((sum, sample, i) => sum + sample * right[i]!, 0);
      const power = (samples: Float32Array) => samples.reduce((sum, sample) => sum + sample * sample, 0);
      const likeness = product / Math.sqrt(power(left) * power(right));
      assert.ok(likeness > 0.4 && likeness < 0.95, `${score.id}: ${likeness}`);
    }
  });

  it('is the same to the last bit each time', () => {
    const [score] = scores;
    assert.equal(print(renderScore(score!)), print(rendered.get(score!)!));
  });
});

describe('the melody of a rendered carol', () => {
  for (const score of scores)
    it(`has the notes of ${score.title}, as a listener would write them down`, () => {
      const { notes } = perform(score);
      // One part that plays the melody in each section, as if it were alone in the room.
      for (const { band, name } of score.sections) {
        const lead = band.find(({ plays, bars }) => plays === 'melody' && bars === undefined);
        if (!lead) continue;
        const all = notes.filter(({ part }) => part === lead);
        const from = all[0]!.start - 0.2;
        const played = all.map((note) => ({ ...note, start: note.start - from }));
        const { left, right } = playTogether({ notes: played, seconds: played.at(-1)!.start + 1 });
        const both = left.map((sample, i) => sample + right[i]!);
        const nothing = new Float32Array(samplesIn(0.15));
        const cut = (start: number) => both.subarray(samplesIn(start), samplesIn(start) + samplesIn(0.15));
        for (const [index, { start, pitch }] of played.entries()) {
          // What rings on from the note before is taken off, unless it is the same note again.
          const again = played[index - 1]?.pitch === pitch;
          const heard = pitchBegun(again ? nothing : cut(start - 0.16), cut(start + 0.03), 57, 96);
          assert.equal(heard, pitch, `${name}, note ${index + 1}`);
        }
      }
    });
});

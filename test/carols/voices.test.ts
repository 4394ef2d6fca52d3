import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { seededRandom } from '../../carols/random.ts';
import { hertzOf, sampleRate } from '../../carols/sound.ts';
import { band, type VoiceName } from '../../carols/voices/band.ts';
import { centsOff } from './spectrum.ts';

/** Where each instrument plays in the scores, lowest and highest. */
const pitched: ReadonlyArray<readonly [VoiceName, low: number, high: number]> = [
  ['celesta', 67, 96],
  ['glockenspiel', 72, 96],
  ['harp', 55, 96],
  ['guitar', 50, 79],
  ['bass', 35, 50],
  ['flute', 60, 94],
  ['clarinet', 52, 79],
  ['horn', 48, 72],
  ['violins', 55, 84],
  ['strings', 50, 72],
  ['choir', 50, 72],
];
const unpitched: readonly VoiceName[] = ['sleigh bells', 'brush', 'triangle'];

const play = (name: VoiceName, pitch: number, seconds = 0.8, velocity = 0.7) =>
  band[name].timbre({ hertz: hertzOf(pitch), seconds, velocity, random: seededRandom(pitch) });

const peak = (samples: Float32Array) => samples.reduce((most, sample) => Math.max(most, Math.abs(sample)), 0);

describe('the voices', () => {
  for (const [name, low, high] of pitched)
    it(`are in tune: ${name}`, () => {
      for (const pitch of [low, Math.round((low + high) / 2), high]) {
        const { left, right } = play(name, pitch);
        const both = left.map((sample, i) => sample + right[i]!);
        const off = centsOff(both.subarray(0.05 * sampleRate, 0.75 * sampleRate), hertzOf(pitch));
        // Players of an ensemble differ on purpose, and now one and now another of them is strongest.
        const allowed = ['violins', 'strings', 'choir'].includes(name) ? 13 : 5;
        assert.ok(Math.abs(off) <= allowed, `${pitch} is ${off} cents off`);
      }
    });

  for (const name of [...pitched.map(([name]) => name), ...unpitched])
    it(`begin and end at silence, without a jump: ${name}`, () => {
      for (const seconds of [0.15, 0.9])
        for (const samples of Object.values(play(name, 67, seconds))) {
          const most = peak(samples);
          assert.ok(most > 0.02 && most < 2, `loudest ${most}`);
          assert.ok(samples.every(Number.isFinite));
          const before = new Float32Array([0, ...samples.subarray(0, 3)]);
          const after = new Float32Array([...samples.subarray(-3), 0]);
          for (const edge of [before, after]) assert.ok(peak(edge) < 0.02 * most, `${edge}`);
        }
    });

  it('sound louder when played harder', () => {
    for (const [name, low] of pitched)
      assert.ok(
        peak(play(name, low + 8, 0.5, 0.9).left) > 1.3 * peak(play(name, low + 8, 0.5, 0.4).left),
        name,
      );
  });

  it('hold no note much longer than asked, but for those that ring', () => {
    for (const name of ['flute', 'clarinet', 'horn', 'violins', 'guitar', 'bass'] as const)
      assert.ok(play(name, 60, 0.5).left.length < 0.7 * sampleRate, name);
  });

  it('play the same note the same way for the same chance, and another way for another', () => {
    const once = (seed: number) =>
      band.guitar.timbre({ hertz: 220, seconds: 0.2, velocity: 0.7, random: seededRandom(seed) }).left;
    assert.deepEqual(once(1), once(1));
    assert.notDeepEqual(once(1), once(2));
  });
});

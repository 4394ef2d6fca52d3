import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { noteBelow, readHarmony, voiceChords } from '../../carols/harmony.ts';
import { scale } from '../../carols/notation.ts';

const chord = (name: string) => readHarmony(name, [4, 4])[0]!;

describe('the harmony', () => {
  for (const [name, classes, bass] of [
    ['C', [0, 4, 7], 0],
    ['Am', [9, 0, 4], 9],
    ['Bb', [10, 2, 5], 10],
    ['F#m7', [6, 9, 1, 4], 6],
    ['G7/D', [7, 11, 2, 5], 2],
    ['Fmaj7', [5, 9, 0, 4], 5],
    ['D/F#', [2, 6, 9], 6],
  ] as const)
    it(`reads ${name}`, () => {
      assert.deepEqual(chord(name).classes, classes);
      assert.equal(chord(name).bass, bass);
    });

  it('shares a bar equally among its chords', () => {
    assert.deepEqual(
      readHarmony('C | F G7', [6, 8]).map(({ at, length }) => [at, length]),
      [
        [0, 3],
        [3, 1.5],
        [4.5, 1.5],
      ],
    );
  });

  it('refuses what is no chord', () => {
    assert.throws(() => chord('H7'), { name: 'ScoreError', message: /"H7" is not a chord/ });
  });

  it('keeps chords in their range and moves little from one to the next', () => {
    const voiced = voiceChords(readHarmony('C F G7 C | Am Dm G7 C | E7 A7 D7 G', [4, 4]), [52, 69]);
    for (const pitches of voiced) {
      assert.ok(Math.min(...pitches) >= 52 && Math.max(...pitches) <= 69, `${pitches}`);
      assert.deepEqual(
        pitches,
        [...pitches].sort((a, b) => a - b),
      );
    }
    for (const [index, pitches] of voiced.slice(1).entries())
      for (const pitch of pitches)
        assert.ok(
          Math.min(...voiced[index]!.map((other) => Math.abs(other - pitch))) <= 3,
          `chord ${index + 2}`,
        );
  });

  it('puts a second voice on the chord under its notes, and on the scale under passing ones', () => {
    assert.equal(noteBelow(67, chord('C'), scale('C')), 64);
    assert.equal(noteBelow(72, chord('F'), scale('C')), 69);
    assert.equal(noteBelow(69, chord('C'), scale('C')), 65, 'the A between two Gs goes with F');
  });
});

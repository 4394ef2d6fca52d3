import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { letters, scale } from '../../carols/notation.ts';
import { strokesOf } from '../../carols/patterns.ts';
import { perform } from '../../carols/performance.ts';
import type { Score } from '../../carols/score.ts';
import { angelsWeHaveHeardOnHigh } from '../../carols/scores/angels-we-have-heard-on-high.ts';
import { deckTheHalls } from '../../carols/scores/deck-the-halls.ts';
import { goodKingWenceslas } from '../../carols/scores/good-king-wenceslas.ts';
import { scores } from '../../carols/scores/index.ts';
import { jingleBells } from '../../carols/scores/jingle-bells.ts';
import { joyToTheWorld } from '../../carols/scores/joy-to-the-world.ts';
import { oComeAllYeFaithful } from '../../carols/scores/o-come-all-ye-faithful.ts';
import { silentNight } from '../../carols/scores/silent-night.ts';
import { theFirstNoel } from '../../carols/scores/the-first-noel.ts';
import { readSection } from '../../carols/section.ts';

const section = (score: Score, name: string) => {
  const found = score.sections.find((section) => section.name === name);
  assert.ok(found, name);
  return readSection(found, score);
};

/**
 * The tunes once more, in another writing, so that a slip of the pen shows: degrees of the scale (1 is the
 * key's note, 1' an octave up, 5, below, 4+ raised), with lengths in quarters where they are not 1.
 */
const tunes: ReadonlyArray<readonly [string, Score, readonly string[], string]> = [
  [
    'Jingle Bells, verse',
    jingleBells,
    ['verse, first half', 'verse, second half'],
    `5, 3 2 1 5,*3 5,*.5 5,*.5   5, 3 2 1 6,*4   6, 4 3 2 7,*4   5 5 4 2 3*4
     5, 3 2 1 5,*4   5, 3 2 1 6,*3 6,   6, 4 3 2 5 5 5 5   6 5 4 2 1*2 5*2`,
  ],
  [
    'Jingle Bells, chorus',
    jingleBells,
    ['chorus, first half', 'chorus, second half'],
    `3 3 3*2 3 3 3*2 3 5 1*1.5 2*.5 3*4   4 4 4*1.5 4*.5 4 3 3 3*.5 3*.5 3 2 2 3 2*2 5*2
     3 3 3*2 3 3 3*2 3 5 1*1.5 2*.5 3*4   4 4 4*1.5 4*.5 4 3 3 3*.5 3*.5 5 5 4 2 1*4`,
  ],
  [
    'Deck the Halls',
    deckTheHalls,
    ['first verse'],
    `5*1.5 4*.5 3 2 1 2 3 1   2*.5 3*.5 4*.5 2*.5 3*1.5 2*.5 1 7, 1*2
     5*1.5 4*.5 3 2 1 2 3 1   2*.5 3*.5 4*.5 2*.5 3*1.5 2*.5 1 7, 1*2
     2*1.5 3*.5 4 2 3*1.5 4*.5 5 2   3*.5 4+*.5 5 6*.5 7*.5 1' 7 6 5*2
     5*1.5 4*.5 3 2 1 2 3 1   6*.5 6*.5 6*.5 6*.5 5*1.5 4*.5 3 2 1*2`,
  ],
  [
    'Silent Night',
    silentNight,
    ['first verse'],
    `5*.75 6*.25 5*.5 3*1.5   5*.75 6*.25 5*.5 3*1.5   2' 2'*.5 7*1.5   1' 1'*.5 5*1.5
     6 6*.5 1'*.75 7*.25 6*.5   5*.75 6*.25 5*.5 3*1.5   6 6*.5 1'*.75 7*.25 6*.5   5*.75 6*.25 5*.5 3*1.5
     2' 2'*.5 4'*.75 2'*.25 7*.5   1'*1.5 3'*1.5   1'*.5 5*.5 3*.5 5*.75 4*.25 2*.5   1*3`,
  ],
  [
    'Joy to the World',
    joyToTheWorld,
    ['first verse'],
    `1'*2 7*1.5 6*.5 5*3 4   3*2 2*2 1*3   5 6*3 6 7*3 7 1'*3
     1' 1' 7 6 5 5*1.5 4*.5 3   1' 1' 7 6 5 5*1.5 4*.5 3
     3 3 3 3 3*.5 4*.5 5*3   4*.5 3*.5 2 2 2 2*.5 3*.5 4*3   3*.5 2*.5 1 1'*2 6 5*1.5 4*.5 3 4 3*2 2*2 1*4`,
  ],
  [
    'Good King Wenceslas',
    goodKingWenceslas,
    ['first verse'],
    `1 1 1 2 1 1 5,*2   6, 5, 6, 7, 1*2 1*2   1 1 1 2 1 1 5,*2   6, 5, 6, 7, 1*2 1*2
     5 4 3 2 3 2 1*2   6, 5, 6, 7, 1*2 1*2   5, 5, 6, 7, 1 1 2*2   5 4 3 2 1*2 4*2 1*4`,
  ],
  [
    'Angels We Have Heard on High',
    angelsWeHaveHeardOnHigh,
    ['verse', 'gloria, first half', 'gloria, second half'],
    `3 3 3 5 5*1.5 4*.5 3*2   3 2 3 5 3*1.5 2*.5 1*2   3 3 3 5 5*1.5 4*.5 3*2   3 2 3 5 3*1.5 2*.5 1*2
     5*2 6*.5 5*.5 4*.5 3*.5 4*2 5*.5 4*.5 3*.5 2*.5 3*2 4*.5 3*.5 2*.5 1*.5 2*1.5 5,*.5 5,*2   1 2 3 4 3*2 2*2
     5*2 6*.5 5*.5 4*.5 3*.5 4*2 5*.5 4*.5 3*.5 2*.5 3*2 4*.5 3*.5 2*.5 1*.5 2*1.5 5,*.5 5,*2   1 2 3 4 3*2 2*2 1*4`,
  ],
  [
    'The First Noel',
    theFirstNoel,
    ['verse and refrain'],
    `3*.5 2*.5 1*1.5 2*.5 3*.5 4*.5 5*2   6*.5 7*.5 1' 7 6 5*2   6*.5 7*.5 1' 7 6 5 6 7 1' 5 4 3*2
     3*.5 2*.5 1*1.5 2*.5 3*.5 4*.5 5*2   6*.5 7*.5 1' 7 6 5*2   6*.5 7*.5 1' 7 6 5 6 7 1' 5 4 3*2
     3*.5 2*.5 1*1.5 2*.5 3*.5 4*.5 5*2   1'*.5 7*.5 6*2 6 5*3   1' 7 6 5 6 7 1' 5 4 3*3`,
  ],
  [
    'O Come, All Ye Faithful',
    oComeAllYeFaithful,
    ['verse', 'refrain'],
    `1 1*2 5, 1 2*2 5,*2   3 2 3 4 3*2 2 1   1*2 7, 6, 7, 1 2 3 7,*2 6,*1.5 5,*.5 5,*4
     5*2 4 3 4*2 3*2   2 3 1 2 7,*1.5 6,*.5 5,   1 1 7, 1 2 1*2 5,   3 3 2 3 4 3*2 2   3 4 3 2 1 7,*2 1 4 3*2 2*1.5 1*.5 1*4`,
  ],
];

function sing(tune: string, key: string): Array<[pitch: number, length: number]> {
  const tonic = 60 + letters[key[0]!.toLowerCase()]! + (key[1] === 'b' ? -1 : 0);
  return tune
    .trim()
    .split(/\s+/)
    .map((token) => {
      const [, degree, raised, octave, length] = /^([1-7])(\+)?([',])?(?:\*([\d.]+))?$/.exec(token)!;
      const step = [0, 2, 4, 5, 7, 9, 11][Number(degree) - 1]!;
      return [
        tonic + step + (raised ? 1 : 0) + (octave === "'" ? 12 : octave ? -12 : 0),
        Number(length ?? 1),
      ];
    });
}

describe('the scores', () => {
  for (const [name, score, sections, tune] of tunes)
    it(`have the tune of ${name}, note by note`, () => {
      const written = sections.flatMap((name) =>
        section(score, name).melody.map((note) => [note.pitch, note.length]),
      );
      assert.deepEqual(written, sing(tune, score.key));
    });

  it('repeat the tune of a verse in its second verse', () => {
    for (const score of [deckTheHalls, silentNight])
      assert.deepEqual(section(score, 'second verse').melody, section(score, 'first verse').melody);
  });

  for (const score of scores) {
    it(`stay in the key in ${score.title}, but for notes that carry a sign`, () => {
      const inKey = scale(score.key);
      for (const { melody, counter } of score.sections.map((section) => readSection(section, score)))
        for (const { pitch, marked } of [...melody, ...counter])
          assert.ok(marked || inKey.includes(pitch % 12), `${pitch}`);
    });

    it(`let the long notes of ${score.title}'s counter-melody fit their chords`, () => {
      for (const part of score.sections) {
        const read = readSection(part, score);
        for (const { at, pitch } of read.counter.filter(({ length }) => length >= 2)) {
          const chord = read.chords.findLast((chord) => chord.at <= at)!;
          // A sixth above the root (the E over G in "Jingle Bells") is the one colour allowed.
          const colour = (chord.classes[0]! + 9) % 12;
          assert.ok([...chord.classes, colour].includes(pitch % 12), `${part.name}: ${pitch} at ${at}`);
        }
      }
    });

    it(`give every part of ${score.title} something to play, in an instrument's reach`, () => {
      for (const part of score.sections)
        for (const own of part.band) {
          const strokes = strokesOf(own, readSection(part, score));
          assert.ok(strokes.length > 0, `${part.name}: ${own.voice} ${own.plays}`);
          for (const { pitch } of strokes) assert.ok(pitch >= 31 && pitch <= 96, `${own.voice} ${pitch}`);
        }
    });

    it(`say where ${score.title} comes from and why it may be played`, () => {
      assert.match(score.id, /^[a-z]+(-[a-z]+)*$/);
      assert.match(score.origin, /public domain/);
      assert.ok(score.year < 1900);
    });
  }

  it('last between forty and seventy-five seconds', () => {
    for (const score of scores) {
      const { seconds } = perform(score);
      assert.ok(seconds >= 40 && seconds <= 75, `${score.id}: ${seconds}`);
    }
  });

  it('have names of their own', () => {
    assert.equal(new Set(scores.map(({ id }) => id)).size, scores.length);
  });

  it('are refused with the section and line named, when lines do not match', () => {
    const [first] = jingleBells.sections;
    assert.throws(() => readSection({ ...first!, melody: 'c1' }, jingleBells), {
      name: 'ScoreError',
      message: /"introduction" the melody has 1 bars and the harmony 4/,
    });
    assert.throws(() => readSection({ ...first!, melody: 'c1 | c1 | c1 | c2' }, jingleBells), {
      name: 'ScoreError',
      message: /The melody of "introduction": Bar 4/,
    });
  });
});

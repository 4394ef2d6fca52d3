import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { readLine, scale, signature } from '../../carols/notation.ts';
import { ScoreError } from '../../carols/score.ts';

const pitches = (line: string, key = 'C') => readLine(line, key, [4, 4]).map(({ pitch }) => pitch);
const lengths = (line: string) => readLine(line, 'C', [4, 4]).map(({ length }) => length);

describe('the notation', () => {
  it('counts octaves from the one that begins at middle C', () => {
    assert.deepEqual(pitches("c4 c' c, b,"), [60, 72, 48, 59]);
    assert.deepEqual(pitches("a2 a''"), [69, 93]);
  });

  it('lets the key raise and lower notes unless a sign says otherwise', () => {
    assert.deepEqual(pitches('f4 f= f# c', 'G'), [66, 65, 66, 60]);
    assert.deepEqual(pitches('b4 b= bb e', 'F'), [70, 71, 70, 64]);
    assert.deepEqual(pitches("f4 c' g e", 'D'), [66, 73, 67, 64]);
  });

  it('marks the notes that carry a sign', () => {
    assert.deepEqual(
      readLine('f4 f= r2', 'G', [4, 4]).map(({ marked }) => marked),
      [false, true],
    );
  });

  it('keeps a length until another is written, through rests and bars', () => {
    assert.deepEqual(lengths('c4 d e8 f g4 | a b r c'), [1, 1, 0.5, 0.5, 1, 1, 1, 1]);
    assert.deepEqual(lengths('c4. d8 e2'), [1.5, 0.5, 2]);
    assert.deepEqual(lengths('c2.. d8'), [3.5, 0.5]);
  });

  it('places notes in quarters from the start, in any metre', () => {
    assert.deepEqual(
      readLine('c4. r8 d4 | e2.', 'C', [6, 8]).map(({ at }) => at),
      [0, 2, 3],
    );
  });

  it('joins tied notes into one, over a bar line too', () => {
    assert.deepEqual(readLine('c2 d2~ | d1', 'C', [4, 4])[1], { at: 2, length: 6, pitch: 62, marked: false });
  });

  for (const [what, line, message] of [
    ['a bar too short', 'c4 d e | f1', /Bar 1 .* lasts 3 quarters, not 4/],
    ['a bar too long', 'c1 | c2. d', /Bar 2 .* lasts 6 quarters/],
    ['something that is no note', 'c4 h e f', /"h" in bar 1 is not a note/],
    ['a length that does not exist', 'c3 d e f', /"c3" in bar 1/],
    ['a tie to another note', 'c2~ d', /joins different notes/],
    ['a tie to a rest', 'c2~ r', /leads to a rest/],
    ['a tie to nothing', 'c1~', /leads nowhere/],
  ] as const)
    it(`refuses ${what} and says where`, () => {
      assert.throws(() => readLine(line, 'C', [4, 4]), { name: 'ScoreError', message });
    });

  it('knows the signatures of major keys', () => {
    assert.deepEqual(signature('D'), { f: 1, c: 1 });
    assert.deepEqual(signature('Eb'), { e: -1, a: -1, b: -1 });
    assert.deepEqual(scale('G'), [0, 2, 4, 6, 7, 9, 11]);
    assert.deepEqual(scale('F'), [0, 2, 4, 5, 7, 9, 10]);
    assert.throws(() => signature('H'), ScoreError);
  });
});

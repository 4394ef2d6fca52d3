import assert from 'node:assert/strict';
import { test } from 'node:test';
import {
  hasStayed,
  nothingWatched,
  type PlacedFace,
  type StillFaces,
  watchStillFaces,
} from '../../../party/arrivals/still-faces.ts';
import { hour, second } from '../../../party/clock.ts';

const place = { left: 0.4, top: 0.3, width: 0.1, height: 0.2 };
/** A guest's face, or anybody's, at that place, moved by so many of its widths. */
const at = (guestId: string | undefined, by = 0): PlacedFace => ({
  box: { ...place, left: place.left + by * place.width },
  guestId,
});

/** Which frames hold a face that counts, of frames by their times. */
function counted(frames: ReadonlyArray<readonly [time: number, ...faces: PlacedFace[]]>): number[] {
  let known: StillFaces = nothingWatched;
  return frames.flatMap(([time, ...faces]) => {
    const seen = watchStillFaces(known, time, faces);
    known = seen.known;
    return faces.some(({ guestId }, index) => guestId !== undefined && !seen.still.has(index)) ? [time] : [];
  });
}

const table: Array<[string, Parameters<typeof counted>[0], number[]]> = [
  [
    'a picture that is there from the first frame on never counts',
    [
      [0, at('a')],
      [500, at('a', 0.08)],
      [hour, at('a', -0.08)],
    ],
    [],
  ],
  ['nor does one that the first frame missed', [[0], [900, at('a')], [5000, at('a')]], []],
  [
    'who is there from the first frame on counts when they move',
    [
      [0, at('a')],
      [500, at('a')],
      [1500, at('a', 0.6)],
      [2000, at('a', 0.7)],
    ],
    [1500, 2000],
  ],
  [
    'also within the first moments',
    [
      [0, at('a')],
      [500, at('a', 0.5)],
      [900, at('a', 1)],
    ],
    [500, 900],
  ],
  [
    'who comes after the beginning counts at once, standing still',
    [[0], [1600, at('a')], [2000, at('a')]],
    [1600, 2000],
  ],
  [
    'a picture of one guest is nothing of another’s',
    [
      [0, at('a')],
      [5000, at('b')],
    ],
    [5000],
  ],
  [
    'a guest who comes while the picture hangs there counts',
    [
      [0, at('a')],
      [hour, at('a'), at('a', 3)],
    ],
    [hour],
  ],
  ['a picture that was hidden for a while is still one', [[0, at('a')], [60_000], [120_000, at('a')]], []],
  [
    'a picture that is taken for the guest only later is still one',
    [
      [0, at(undefined)],
      [5000, at(undefined)],
      [9000, at('a')],
      [60_000, at('a')],
    ],
    [],
  ],
  [
    'where somebody unknown stood at the beginning, and stands no more, a guest counts',
    [[0, at(undefined)], [5000], [20_000, at('a')]],
    [20_000],
  ],
  [
    'frames that come twice, or late, change nothing',
    [
      [0, at('a')],
      [700, at('a')],
      [0, at('a')],
      [700, at('a')],
      [2000, at('a')],
    ],
    [],
  ],
];
for (const [what, frames, expected] of table) {
  test(what, () => assert.deepEqual(counted(frames), expected));
}

const boxes: Array<[string, Partial<typeof place>, boolean]> = [
  ['the same', {}, true],
  ['off by a tenth of its width', { left: 0.41 }, true],
  ['off by a third of its width', { left: 0.433 }, false],
  ['off by a third of its height', { top: 0.37 }, false],
  ['larger by a tenth', { left: 0.395, top: 0.29, width: 0.11, height: 0.22 }, true],
  ['larger by a half', { left: 0.375, top: 0.25, width: 0.15, height: 0.3 }, false],
];
for (const [what, change, expected] of boxes) {
  test(`a face that is ${what} is ${expected ? 'at its place' : 'elsewhere'}`, () => {
    assert.equal(hasStayed(place, { ...place, ...change }), expected);
    assert.equal(hasStayed({ ...place, ...change }, place), expected);
  });
}

test('what nobody is known by is forgotten once it has left, and so never more than a frame holds', () => {
  let known = nothingWatched;
  for (let time = 0; time < 60; time++)
    known = watchStillFaces(known, time * second, [at(undefined, time)]).known;
  assert.equal(known.others.length, 0);
});

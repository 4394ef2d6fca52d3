import assert from 'node:assert/strict';
import { test } from 'node:test';
import { hour, second } from '../../../party/clock.ts';
import { StillTracks } from '../../../producer/search/still-tracks.ts';
import { Tracker } from '../../../vision/tracker.ts';
import { type FaceLike, faceLike } from '../../support/faces.ts';

/** A door that is looked at five times a second. */
function door() {
  const tracker = new Tracker();
  const still = new StillTracks();
  let time = 0;
  return {
    /** Shows these faces for so long. @returns how many of each picture may be somebody's who is there */
    shows(faces: readonly FaceLike[], milliseconds: number): number[] {
      const counts: number[] = [];
      for (const end = time + milliseconds; time < end; time += 200)
        counts.push(still.moving(tracker.update(faces.map(faceLike), time), time).length);
      return counts;
    },
    passes(milliseconds: number) {
      time += milliseconds;
    },
  };
}
const photo: FaceLike = { person: 1, left: 100 };
const most = (counts: readonly number[]): number => Math.max(0, ...counts);

test('a face that is there from the beginning and stays where it is is not searched, hidden for a while or not', () => {
  const { shows, passes } = door();
  assert.equal(most(shows([photo], 10 * second)), 0);
  assert.equal(most(shows([{ ...photo, left: 104 }], 10 * second)), 0, 'detectors waver');
  shows([], 20 * second);
  passes(hour);
  assert.equal(most(shows([photo], 10 * second)), 0);
});

test('whoever moves is searched from then on, and one picture alone is not believed', () => {
  const { shows } = door();
  shows([photo], 2 * second);
  assert.deepEqual(shows([{ ...photo, left: 140 }], 200), [0]);
  assert.deepEqual(shows([photo], 200), [0]);
  assert.deepEqual(shows([{ ...photo, left: 140 }], 600), [0, 1, 1]);
  assert.equal(most(shows([photo], second)), 1, 'also where they stood first');
});

test('whoever comes later is searched at once, beside the photo too', () => {
  const { shows } = door();
  shows([photo], 4 * second);
  assert.deepEqual(shows([photo, { person: 2, left: 600 }], 400), [1, 1]);
});

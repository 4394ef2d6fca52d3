import assert from 'node:assert/strict';
import { test } from 'node:test';
import { ClockDifference } from '../../../producer/camera/clock-difference.ts';

const now = 1_795_000_000_000;
const tenMinutes = 600_000;
/** The times here of frames that were taken 40 ms before they were given, when the other process's clock differs so. */
function timesOf(...differences: number[]): number[] {
  const clocks = new ClockDifference(() => now);
  return differences.map((by) => clocks.inOurTime({ time: now - by - 40 }, now - by).time - now);
}

test('frames of a process with the same clock keep their times, also when they were under way for a while', () => {
  assert.deepEqual(timesOf(0, 5, 900, 0), [-40, -45, -940, -40]);
});

test('a process that does not know that the clock was set back is put right from its second frame on', () => {
  assert.deepEqual(timesOf(tenMinutes, tenMinutes, tenMinutes + 30), [-tenMinutes - 40, -40, -40]);
});

test('one that is ahead is put right too', () => {
  assert.deepEqual(timesOf(-tenMinutes, -tenMinutes), [tenMinutes - 40, -40]);
});

test('a frame that was under way while the machine slept is still of the time before', () => {
  assert.deepEqual(timesOf(0, tenMinutes, 0), [-40, -tenMinutes - 40, -40]);
});

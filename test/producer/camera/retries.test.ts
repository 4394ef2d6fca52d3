import assert from 'node:assert/strict';
import { test } from 'node:test';
import { hour, minute, second } from '../../../party/clock.ts';
import { Retries } from '../../../producer/camera/retries.ts';

const pauses = { first: second, longest: 30 * second };

test('a camera is tried again after pauses that double, and at once again when it was back', () => {
  const retries = new Retries(pauses);
  const waits = Array.from({ length: 7 }, () => retries.failed('unreachable') / second);
  assert.deepEqual(waits, [1, 2, 4, 8, 16, 30, 30]);
  retries.succeeded();
  assert.equal(retries.failed('ended'), second);
});

test('a login that is refused is tried seldom from the second time on, for cameras lock accounts', () => {
  const retries = new Retries(pauses);
  assert.deepEqual([retries.failed('refused'), retries.mayLockOut], [30 * second, false]);
  assert.deepEqual([retries.failed('refused'), retries.mayLockOut], [5 * minute, true]);
  assert.deepEqual([retries.failed('refused'), retries.mayLockOut], [hour, true]);
  assert.deepEqual([retries.failed('refused'), retries.mayLockOut], [hour, true]);
  assert.ok(retries.failed('unreachable') <= 30 * second);
  assert.ok(!retries.mayLockOut, 'the camera is away, and that is what is said');
  assert.equal(retries.failed('refused'), hour, 'it is not forgotten when the camera was away meanwhile');
  retries.succeeded();
  assert.deepEqual([retries.failed('refused'), retries.mayLockOut], [30 * second, false]);
});

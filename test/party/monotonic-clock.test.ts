import assert from 'node:assert/strict';
import { test } from 'node:test';
import { hour, minute, second } from '../../party/clock.ts';
import { MonotonicClock } from '../../party/monotonic-clock.ts';

const start = 1_795_000_000_000;

/** A machine whose clock can be set. */
function machine() {
  let [wall, steady] = [start, 5_000.25];
  const clock = new MonotonicClock(
    () => wall,
    () => steady,
  );
  const told: number[] = [];
  clock.onSetBack = (by) => told.push(by);
  return {
    clock,
    told,
    set: (by: number) => {
      wall += by;
    },
    pass: (milliseconds: number) => {
      wall += milliseconds;
      steady += milliseconds;
    },
  };
}

test('it is the machine’s clock as long as nobody sets that', () => {
  const { clock, pass, told } = machine();
  for (let look = 0; look < 100; look++) {
    assert.equal(clock.now(), start + look * 77);
    pass(77);
  }
  assert.equal(clock.ahead, 0);
  assert.deepEqual(told, []);
});

test('a machine that slept, or whose clock is set forward, is followed at once', () => {
  const { clock, set } = machine();
  clock.now();
  set(8 * hour);
  assert.equal(clock.now(), start + 8 * hour);
  assert.equal(clock.ahead, 0);
});

for (const [name, by] of [
  ['ten minutes', 10 * minute],
  ['a day', 24 * hour],
] as const) {
  test(`a clock that is set back by ${name} does not go back, and says so`, () => {
    const { clock, set, pass, told } = machine();
    clock.now();
    set(-by);
    assert.equal(clock.now(), start);
    assert.equal(clock.ahead, by);
    pass(second);
    assert.ok(Math.abs(clock.now() - start - second) <= 51, 'and time passes as before');
    assert.deepEqual(told, [by]);
  });

  test(`a clock that was set back by ${name} between two runs goes on from what was kept`, () => {
    const { clock, pass, told } = machine();
    clock.startFrom(start + by);
    assert.equal(clock.now(), start + by);
    pass(second);
    assert.ok(clock.now() > start + by + 0.9 * second);
    assert.ok(Math.abs(clock.ahead - by) <= 51);
    assert.deepEqual(told, []);
  });
}

test('what was kept earlier than now changes nothing', () => {
  const { clock } = machine();
  clock.startFrom(start - hour);
  assert.equal(clock.now(), start);
  assert.equal(clock.ahead, 0);
});

test('it comes back to the machine’s clock slowly, and never stands still', () => {
  const { clock, set, pass } = machine();
  clock.now();
  set(-minute);
  let last = clock.now();
  for (let look = 0; clock.ahead > 0; look++) {
    pass(minute);
    const now = clock.now();
    assert.ok(now - last >= 0.94 * minute && now - last <= 1.01 * minute, String(now - last));
    last = now;
    assert.ok(look < 22, 'a minute is made up for in 20');
  }
});

test('a clock that is set forward again to where it was is ahead of nothing', () => {
  const { clock, set } = machine();
  clock.now();
  set(-hour);
  clock.now();
  set(hour);
  assert.equal(clock.now(), start);
  assert.equal(clock.ahead, 0);
});

test('small steps back, as time services make them, are no news', () => {
  const { clock, set, told } = machine();
  clock.now();
  set(-500);
  assert.equal(clock.now(), start);
  assert.deepEqual(told, []);
});

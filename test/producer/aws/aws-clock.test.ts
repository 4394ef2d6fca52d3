import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import fc from 'fast-check';
import { hour, minute, second } from '../../../party/clock.ts';
import { AwsClock } from '../../../producer/aws/aws-clock.ts';

const noon = Date.parse('2026-12-24T12:00:00.000Z');

/** A machine and AWS: `true` time is AWS's; the machine's clock of the day is off, and its steady clock runs. */
function machine({ off = 0, strays = 0 } = {}) {
  let time = noon;
  let wallOff = off;
  const steadyStart = noon - 5000;
  const clock = new AwsClock(
    () => time + wallOff,
    () => (time - steadyStart) * (1 + strays),
  );
  return {
    clock,
    true: () => time,
    pass: (milliseconds: number) => {
      time += milliseconds;
    },
    setWall: (newOff: number) => {
      wallOff = newOff;
    },
    /** A call to AWS, so many milliseconds there and back; its answer says the whole second in the middle. */
    call(there = 20, back = 20) {
      const asked = (time - steadyStart) * (1 + strays);
      time += there;
      const date = Math.floor(time / 1000) * 1000;
      time += back;
      clock.answered(date, asked, (time - steadyStart) * (1 + strays));
    },
  };
}

describe("AWS's clock", () => {
  test('is this machine’s before AWS has answered', () => {
    const { clock, true: now } = machine({ off: 3 * hour });
    assert.equal(clock.now(), now() + 3 * hour);
    assert.equal(clock.offset, undefined);
  });

  test('is this machine’s while AWS’s answers do not contradict it', () => {
    const { clock, call, pass, true: now } = machine({ off: 3 });
    for (let i = 0; i < 20; i++) {
      call();
      pass(3217);
    }
    assert.equal(clock.now(), now() + 3);
    assert.equal(clock.offset, 0);
  });

  for (const off of [2 * hour, -40 * minute, 1.5 * second, -5 * second]) {
    test(`is told within the time of an answer though this machine’s is off by ${off / second} s`, () => {
      const { clock, call, pass, true: now } = machine({ off });
      call();
      assert.ok(Math.abs(clock.now() - now()) <= 1040, 'one answer says the second');
      for (let i = 0; i < 40; i++) {
        pass(3217);
        call();
      }
      assert.ok(Math.abs(clock.now() - now()) < 150, `${clock.now() - now()} ms off`);
      assert.ok(Math.abs(clock.offset! - off) < 150);
    });
  }

  test('does not jump when this machine’s clock is set, forward or back', () => {
    const { clock, call, pass, setWall, true: now } = machine();
    for (let i = 0; i < 40; i++) {
      call();
      pass(3217);
    }
    for (const off of [hour, -hour, 365 * 24 * hour, 0]) {
      setWall(off);
      assert.ok(Math.abs(clock.now() - now()) < 150, `${clock.now() - now()} ms off`);
      pass(200);
    }
  });

  test('is found again after the machine slept, its steady clock standing still', () => {
    let time = noon;
    let slept = 0;
    const clock = new AwsClock(
      () => time,
      () => time - slept,
    );
    clock.answered(Math.floor(time / 1000) * 1000, time - 20, time);
    time += hour;
    slept = hour;
    clock.answered(Math.floor(time / 1000) * 1000, time - slept - 20, time - slept);
    assert.ok(Math.abs(clock.now() - time) < 1100);
  });

  test('is never further off than one answer leaves open, whatever the answers and however quartz strays', () => {
    const call = fc.record({ there: fc.nat(900), back: fc.nat(900), pause: fc.nat(60_000) });
    fc.assert(
      fc.property(
        fc.array(call, { minLength: 1, maxLength: 40 }),
        fc.integer({ min: -hour, max: hour }),
        fc.double({ min: -5e-5, max: 5e-5, noNaN: true }),
        (calls, off, strays) => {
          const { clock, true: now, ...aws } = machine({ off, strays });
          for (const { there, back, pause } of calls) {
            aws.pass(pause);
            aws.call(there, back);
            assert.ok(Math.abs(clock.now() - now()) <= 1000 + there + back + 30, `${clock.now() - now()} ms`);
          }
        },
      ),
    );
  });
});

import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { minute, second } from '../../../party/clock.ts';
import { type Failure, Outbox } from '../../../producer/door/send-queue.ts';
import { clockAt } from '../../support/clock.ts';
import { eventually } from '../../support/eventually.ts';

/** An outbox to somewhere that can be away, with a clock that the test holds. */
function open({ maxLength = 300, failure = 'later' as Failure } = {}) {
  const clock = clockAt(0);
  const place = { isAway: false, tries: 0, recovered: 0 };
  const sent: string[] = [];
  const outbox = new Outbox<string>({
    async send(what) {
      place.tries += 1;
      if (place.isAway) throw new Error('away');
      sent.push(what);
    },
    onFailure: () => failure,
    onRecovery: () => {
      place.recovered += 1;
    },
    maxAge: minute,
    maxLength,
    now: clock.now,
    pause: 1,
    longestPause: 5,
  });
  return { outbox, sent, place, ...clock };
}

describe('an outbox', () => {
  test('sends one thing after another, in their order', async () => {
    const { outbox, sent } = open();
    for (let i = 0; i < 20; i++) outbox.put(String(i));
    await eventually('all are sent', () => sent.length === 20);
    assert.deepEqual(
      sent,
      Array.from({ length: 20 }, (_, i) => String(i)),
    );
    assert.equal(outbox.dropped, 0);
  });

  test('through ten minutes without internet, keeps what is a minute old at most, and counts the rest', async () => {
    const { outbox, sent, place, now, pass } = open();
    place.isAway = true;
    for (let time = 0; time < 10 * minute; time += 2.5 * second) {
      outbox.put(String(now()));
      pass(2.5 * second);
      assert.ok(outbox.length <= 26, String(outbox.length));
    }
    await eventually('it was tried', () => place.tries > 3);
    place.isAway = false;
    await eventually('what still means something is sent', () => outbox.length === 0 && sent.length > 20);
    const oldest = Number(sent[0]);
    assert.ok(oldest >= 9 * minute - 5 * second, `the oldest sent is of ${oldest / second} s`);
    assert.equal(sent.at(-1), String(10 * minute - 2.5 * second));
    assert.deepEqual(
      sent,
      sent.toSorted((a, b) => Number(a) - Number(b)),
    );
    await eventually('all is accounted for', () => sent.length + outbox.dropped === 240);
    assert.equal(place.recovered, 1);
  });

  test('does not send again what is refused', async () => {
    const { outbox, place, sent } = open({ failure: 'never' });
    place.isAway = true;
    outbox.put('refused');
    await eventually('it was refused', () => outbox.dropped === 1);
    assert.equal(place.tries, 1);
    place.isAway = false;
    outbox.put('taken');
    await eventually('the next one is sent', () => sent.length === 1);
    assert.deepEqual(sent, ['taken']);
  });

  test('holds no more than it may, and lets the oldest go', async () => {
    const { outbox, place, sent } = open({ maxLength: 3 });
    place.isAway = true;
    for (const what of ['a', 'b', 'c', 'd', 'e', 'f']) outbox.put(what);
    await eventually('it was tried', () => place.tries > 0);
    place.isAway = false;
    await eventually('the rest is sent', () => sent.includes('f'));
    assert.ok(outbox.dropped >= 2, String(outbox.dropped));
    assert.equal(sent.length + outbox.dropped, 6);
  });

  test('gives what waits a last chance when it is closed, and takes nothing more', async () => {
    const { outbox, sent, place } = open();
    place.isAway = true;
    outbox.put('last words');
    await eventually('it was tried', () => place.tries > 0);
    place.isAway = false;
    await outbox.close(5000);
    assert.deepEqual(sent, ['last words']);
    outbox.put('too late');
    await outbox.close(5000);
    assert.deepEqual(sent, ['last words']);
  });

  test('does not wait for a place that stays away', async () => {
    const { outbox, place } = open();
    place.isAway = true;
    outbox.put('never heard');
    await outbox.close(60_000);
    assert.equal(outbox.length, 1);
  });
});

import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { minute, second } from '../../../party/clock.ts';
import { type Failure, SendQueue } from '../../../producer/door/send-queue.ts';
import { clockAt } from '../../support/clock.ts';
import { eventually } from '../../support/eventually.ts';

/** A queue to somewhere that can be away, with a clock that the test holds. */
function open({ maxLength = 300, failure = 'later' as Failure } = {}) {
  const clock = clockAt(0);
  const place = { isAway: false, tries: 0, recovered: 0 };
  const sent: string[] = [];
  const queue = new SendQueue<string>({
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
  return { queue, sent, place, ...clock };
}

describe('a queue of what is sent', () => {
  test('sends one thing after another, in their order', async () => {
    const { queue, sent } = open();
    for (let i = 0; i < 20; i++) queue.put(String(i));
    await eventually('all are sent', () => sent.length === 20);
    assert.deepEqual(
      sent,
      Array.from({ length: 20 }, (_, i) => String(i)),
    );
    assert.equal(queue.dropped, 0);
  });

  test('through ten minutes without internet, keeps what is a minute old at most, and counts the rest', async () => {
    const { queue, sent, place, now, pass } = open();
    place.isAway = true;
    for (let time = 0; time < 10 * minute; time += 2.5 * second) {
      queue.put(String(now()));
      pass(2.5 * second);
      assert.ok(queue.length <= 26, String(queue.length));
    }
    await eventually('it was tried', () => place.tries > 3);
    place.isAway = false;
    await eventually('what still means something is sent', () => queue.length === 0 && sent.length > 20);
    const oldest = Number(sent[0]);
    assert.ok(oldest >= 9 * minute - 5 * second, `the oldest sent is of ${oldest / second} s`);
    assert.equal(sent.at(-1), String(10 * minute - 2.5 * second));
    assert.deepEqual(
      sent,
      sent.toSorted((a, b) => Number(a) - Number(b)),
    );
    await eventually('all is accounted for', () => sent.length + queue.dropped === 240);
    assert.equal(place.recovered, 1);
  });

  test('does not send again what is refused', async () => {
    const { queue, place, sent } = open({ failure: 'never' });
    place.isAway = true;
    queue.put('refused');
    await eventually('it was refused', () => queue.dropped === 1);
    assert.equal(place.tries, 1);
    place.isAway = false;
    queue.put('taken');
    await eventually('the next one is sent', () => sent.length === 1);
    assert.deepEqual(sent, ['taken']);
  });

  test('says how many were lost once it works again, and not before', async () => {
    const { queue, place } = open({ failure: 'never' });
    place.isAway = true;
    for (const what of ['refused', 'refused too']) queue.put(what);
    await eventually('both were refused', () => queue.dropped === 2);
    assert.equal(queue.droppedBeforeRecovery, 0);
    place.isAway = false;
    queue.put('taken');
    await eventually('it works again', () => queue.droppedBeforeRecovery === 2);
  });

  test('holds no more than it may, and lets the oldest go', async () => {
    const { queue, place, sent } = open({ maxLength: 3 });
    place.isAway = true;
    for (const what of ['a', 'b', 'c', 'd', 'e', 'f']) queue.put(what);
    await eventually('it was tried', () => place.tries > 0);
    place.isAway = false;
    await eventually('the rest is sent', () => sent.includes('f'));
    assert.ok(queue.dropped >= 2, String(queue.dropped));
    assert.equal(sent.length + queue.dropped, 6);
  });

  test('gives what waits a last chance when it is closed, and takes nothing more', async () => {
    const { queue, sent, place } = open();
    place.isAway = true;
    queue.put('last words');
    await eventually('it was tried', () => place.tries > 0);
    place.isAway = false;
    await queue.close(5000);
    assert.deepEqual(sent, ['last words']);
    queue.put('too late');
    await queue.close(5000);
    assert.deepEqual(sent, ['last words']);
  });

  test('does not wait for a place that stays away', async () => {
    const { queue, place } = open();
    place.isAway = true;
    queue.put('never heard');
    await queue.close(60_000);
    assert.equal(queue.length, 1);
  });
});

import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import type { Frame } from '../../../../local/aws/media.ts';
import { FramesAhead } from '../../../../local/aws/rekognition/frames-ahead.ts';
import { Broadcast } from '../../../../local/camera/broadcast.ts';
import { eventually } from '../../../support/eventually.ts';
import { unseen } from '../../../support/pictures.ts';

const frame = (time: number): Frame => ({ time, picture: unseen() });

/** A camera whose frames the test gives, and who has seen which of them ahead. */
function camera() {
  const broadcast = new Broadcast<Frame>();
  const stop = new AbortController();
  let watchers = 0;
  const frames = new FramesAhead(
    {
      async *frames(signal) {
        watchers += 1;
        try {
          yield* broadcast.follow(signal);
        } finally {
          watchers -= 1;
        }
      },
    },
    stop.signal,
  );
  const seen: number[] = [];
  const taken = frames[Symbol.asyncIterator]();
  return {
    show: (time: number) => broadcast.publish(frame(time)),
    stop: () => stop.abort(),
    ahead: () => frames.ahead(({ time }) => seen.push(time)),
    next: async () => {
      const { value, done } = await taken.next();
      return done ? undefined : value.time;
    },
    end: async () => await taken.return?.(undefined),
    seen,
    watchers: () => watchers,
  };
}

describe('frames ahead of their turn', () => {
  test('the newest is seen before its turn, and comes in its turn though a newer one is there', async () => {
    const { show, ahead, next, seen } = camera();
    const first = next();
    show(1);
    assert.equal(await first, 1);
    show(2);
    show(3);
    ahead();
    await eventually('it is seen', () => seen.length === 1);
    show(4);
    show(5);
    assert.deepEqual([await next(), await next()], [3, 5]);
    assert.deepEqual(seen, [3]);
  });

  test('one that was waited for is seen when it comes', async () => {
    const { show, ahead, next, seen } = camera();
    const first = next();
    show(1);
    await first;
    ahead();
    ahead();
    const second = next();
    show(2);
    assert.equal(await second, 2);
    // Twice asked, twice told: whoever began with it may have died.
    assert.deepEqual(seen, [2, 2]);
  });

  test('nothing is seen before the first turn, nor after the end', async () => {
    const { show, ahead, next, stop, seen } = camera();
    ahead();
    const first = next();
    show(1);
    assert.equal(await first, 1);
    ahead();
    stop();
    assert.equal(await next(), undefined);
    ahead();
    assert.equal(await next(), undefined);
    assert.deepEqual(seen, []);
  });

  test('whoever breaks off while one is waited for leaves the camera', async () => {
    const { show, ahead, next, end, watchers } = camera();
    const first = next();
    show(1);
    await first;
    assert.equal(watchers(), 1);
    ahead();
    await end();
    assert.equal(watchers(), 0);
  });
});

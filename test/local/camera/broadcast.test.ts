import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Broadcast } from '../../../local/camera/broadcast.ts';

test('everyone who follows gets the newest, and who is slow misses the older ones', async () => {
  const broadcast = new Broadcast<number>();
  const ended = new AbortController();
  const fast = broadcast.follow(ended.signal);
  const slow = broadcast.follow(ended.signal);
  const firsts = [fast.next(), slow.next()];
  broadcast.publish(1);
  assert.deepEqual(
    (await Promise.all(firsts)).map(({ value }) => value),
    [1, 1],
  );
  broadcast.publish(2);
  assert.equal((await fast.next()).value, 2);
  broadcast.publish(3);
  assert.equal((await fast.next()).value, 3);
  assert.equal((await slow.next()).value, 3);
  ended.abort();
  assert.equal((await fast.next()).done, true);
});

test('who waits for a value is let go when the signal is aborted', async () => {
  const broadcast = new Broadcast<number>();
  const ended = new AbortController();
  const waiting = broadcast.follow(ended.signal).next();
  ended.abort();
  assert.deepEqual(await waiting, { value: undefined, done: true });
});

test('who stops following is forgotten', async () => {
  const broadcast = new Broadcast<number>();
  const seen: number[] = [];
  const following = (async () => {
    for await (const value of broadcast.follow(new AbortController().signal)) {
      seen.push(value);
      return;
    }
  })();
  broadcast.publish(7);
  await following;
  broadcast.publish(8);
  assert.deepEqual(seen, [7]);
});

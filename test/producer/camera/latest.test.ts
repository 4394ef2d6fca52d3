import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Latest } from '../../../producer/camera/latest.ts';
import { collect } from '../../support/collect.ts';

test('a slow reader gets the newest value, not the ones before it', async () => {
  const latest = new Latest<number>();
  const reader = latest[Symbol.asyncIterator]();
  latest.offer(1);
  assert.deepEqual(await reader.next(), { value: 1, done: false });
  for (const value of [2, 3, 4]) latest.offer(value);
  assert.deepEqual(await reader.next(), { value: 4, done: false });
});

test('a reader that waits gets a value as soon as there is one', async () => {
  const latest = new Latest<string>();
  const next = latest[Symbol.asyncIterator]().next();
  latest.offer('now');
  assert.deepEqual(await next, { value: 'now', done: false });
});

test('after the end the last value is still given', async () => {
  const latest = new Latest<number>();
  latest.offer(1);
  latest.end();
  assert.deepEqual(await collect(latest), [1]);
});

test('an error comes after the last value', async () => {
  const latest = new Latest<number>();
  const seen: number[] = [];
  latest.offer(1);
  latest.end(new Error('gone'));
  await assert.rejects(async () => {
    for await (const value of latest) seen.push(value);
  }, /gone/);
  assert.deepEqual(seen, [1]);
});

test('what was cancelled gives nothing more, waiting readers included', async () => {
  const latest = new Latest<number>();
  const waiting = latest[Symbol.asyncIterator]().next();
  latest.cancel();
  assert.equal((await waiting).done, true);
  const other = new Latest<number>();
  other.offer(1);
  other.cancel();
  assert.equal((await other[Symbol.asyncIterator]().next()).done, true);
});

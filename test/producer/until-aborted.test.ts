import assert from 'node:assert/strict';
import { getEventListeners } from 'node:events';
import { test } from 'node:test';
import { untilAborted } from '../../producer/until-aborted.ts';

const never = new Promise<number>(() => {});

test('what is waited for until a signal comes is given, or thrown', async () => {
  const { signal } = new AbortController();
  assert.equal(await untilAborted(Promise.resolve(7), signal), 7);
  await assert.rejects(untilAborted(Promise.reject(new Error('no')), signal), /no/);
});

test('who waits waits no longer than until the signal, whatever comes then', async () => {
  const ending = new AbortController();
  const waiting = untilAborted(never, ending.signal);
  ending.abort();
  assert.equal(await waiting, undefined);
  assert.equal(await untilAborted(Promise.reject(new Error('too late')), ending.signal), undefined);
});

test('who has waited is forgotten, however long the signal lives', async () => {
  const { signal } = new AbortController();
  for (let turn = 0; turn < 100; turn++) {
    await untilAborted(Promise.resolve(turn), signal);
    await untilAborted(Promise.reject(new Error('no')), signal).catch(() => {});
  }
  assert.equal(getEventListeners(signal, 'abort').length, 0);
});

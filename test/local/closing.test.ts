import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Closing, NotClosedError } from '../../local/closing.ts';

test('everything is ended, newest first, though some fail and some never end', async () => {
  const ended: string[] = [];
  const closing = new Closing(20);
  const step = (name: string, outcome: Promise<unknown>) =>
    closing.add(() => {
      ended.push(name);
      return outcome;
    });
  step('first', Promise.resolve());
  step('hangs', new Promise(() => {}));
  closing.add(() => Promise.reject(new Error('could not be ended')));
  step('last', Promise.resolve());
  await assert.rejects(closing.close(), ({ errors }: AggregateError) => {
    const [failed, hung] = errors;
    return failed.message === 'could not be ended' && hung instanceof NotClosedError;
  });
  assert.deepEqual(ended, ['last', 'hangs', 'first']);
});

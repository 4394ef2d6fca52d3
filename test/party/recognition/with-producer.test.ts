import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { second } from '../../../party/clock.ts';
import type { Pulse } from '../../../party/recognition/pulse.ts';
import type { Recognition, RecognitionStatus } from '../../../party/recognition/recognition.ts';
import type { Wishes } from '../../../party/recognition/wish.ts';
import { RecognitionWithProducer } from '../../../party/recognition/with-producer.ts';

const noon = Date.UTC(2026, 11, 24, 12);

/** A recognition by video that notes what it is asked, and a producer with these pulses, one after the other. */
function opened(
  pulses: readonly (Partial<Pulse> | undefined)[],
  status: RecognitionStatus = { state: 'on' },
  isWished = true,
) {
  const done: string[] = [];
  let now = noon;
  const recognition = {
    start: async () => void done.push('started'),
    stop: async () => void done.push('stopped'),
    status: async () => status,
    picture: async () => Uint8Array.of(1),
  } satisfies Recognition;
  const wishes = {
    write: async (on: boolean) => {
      done.push(on ? 'wished' : 'wished no more');
      return { on, since: noon };
    },
    read: async () => ({ on: isWished, since: noon }),
  } as unknown as Wishes;
  const left = [...pulses];
  const read = async () => {
    const pulse = left.length > 1 ? left.shift() : left[0];
    return pulse && ({ at: now, frames: 0, ...pulse } as Pulse);
  };
  const pause = async (milliseconds: number) => {
    now += milliseconds;
    done.push('waited');
  };
  const withProducer = new RecognitionWithProducer(
    recognition,
    { wishes, pulses: { read } },
    () => now,
    pause,
  );
  return { withProducer, done, passed: () => now - noon };
}

describe('recognition by video, with a producer at home', () => {
  test('starts once the producer uploads', async () => {
    const { withProducer, done } = opened([{}, { serves: noon - 5 }, { serves: noon }]);
    await withProducer.start();
    assert.deepEqual(done, ['wished', 'waited', 'waited', 'started']);
  });

  test('starts at once when no producer is there, and without one that does not answer', async () => {
    for (const pulse of [undefined, { at: noon - 200 * second }]) {
      const { withProducer, done } = opened([pulse]);
      await withProducer.start();
      assert.deepEqual(done, ['wished', 'started']);
    }
    const slow = opened([{}]);
    await slow.withProducer.start();
    assert.equal(slow.passed(), 15 * second);
    assert.equal(slow.done.at(-1), 'started');
  });

  test('stops before its video does', async () => {
    const { withProducer, done } = opened([undefined]);
    await withProducer.stop();
    assert.deepEqual(done, ['stopped', 'wished no more']);
  });

  test('says what is wrong with the producer when nothing else is', async () => {
    const problem = 'The camera sends H.265.';
    const wrong = (serves: number | undefined, status?: RecognitionStatus, at = noon) =>
      opened([{ at, problem, ...(serves !== undefined && { serves }) }], status).withProducer.status();
    assert.deepEqual(await wrong(noon), { state: 'on', message: problem });
    assert.deepEqual(await wrong(undefined), { state: 'on' });
    assert.deepEqual(await wrong(noon, undefined, noon - 200 * second), { state: 'on' });
    const failed: RecognitionStatus = { state: 'failed', message: 'The role is missing.' };
    assert.deepEqual(await wrong(noon, failed), failed);
  });

  test('is off only when the video is too: what a start left that died halfway is a failure, and ends', async () => {
    const off: RecognitionStatus = { state: 'off' };
    assert.equal((await opened([undefined], off).withProducer.status()).state, 'failed');
    assert.deepEqual(await opened([undefined], off, false).withProducer.status(), off);
  });
});

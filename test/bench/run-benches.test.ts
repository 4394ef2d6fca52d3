import assert from 'node:assert/strict';
import { test } from 'node:test';
import { NotHere } from '../../bench/not-here.ts';
import { type Result, runBenches } from '../../bench/run-benches.ts';

const figure = (name: string) => ({ name, value: 1, unit: 's' });

test('a bench that cannot run here is named, and what the others measured is saved as it comes', async () => {
  const saved: Result[] = [];
  const printed: string[] = [];
  const result = await runBenches(
    {
      first: async () => [figure('a')],
      camera: () => Promise.reject(new NotHere('needs an RTSP server')),
      last: async () => [figure('b'), { name: 'c', value: 123.4, unit: 'ms' }],
    },
    { save: (result) => saved.push(result), print: (line) => printed.push(line) },
  );
  assert.deepEqual(
    saved.map(({ figures }) => figures.map(({ name }) => name)),
    [['a'], ['a'], ['a', 'b', 'c']],
  );
  assert.deepEqual(result, saved.at(-1));
  assert.deepEqual(result.missed, { camera: 'needs an RTSP server' });
  assert.equal(result.failed, false);
  assert.ok(printed.includes('  not measured: needs an RTSP server'));
  assert.ok(printed.some((line) => /^ {2}c +123 ms$/.test(line)));
});

test('a bench that fails though it could run is told with its stack, and the run has failed', async () => {
  const printed: string[] = [];
  const { figures, missed, failed } = await runBenches(
    { broken: () => Promise.reject(new Error('no faces found')), last: async () => [figure('b')] },
    { save: () => {}, print: (line) => printed.push(line) },
  );
  assert.equal(failed, true);
  assert.deepEqual(missed, { broken: 'no faces found' });
  assert.deepEqual(figures, [figure('b')]);
  assert.match(printed.join('\n'), /failed: Error: no faces found\n +at /);
});

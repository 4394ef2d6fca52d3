import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { CameraState } from '../../../local/camera/state.ts';
import { noteCameraTrouble } from '../../../local/deployment/camera-trouble.ts';
import { keptLog } from '../../support/log.ts';

test('what is wrong with the camera is written when it changes, in order, from the start on', async () => {
  const written: unknown[] = [];
  const table = {
    put: async ({ problem }: { readonly problem: string }) => void written.push(problem),
    delete: async () => void written.push(undefined),
  };
  let tell: (state: CameraState) => void = () => {};
  const camera = {
    trouble: 'No camera is chosen.' as string | undefined,
    watch(listener: typeof tell) {
      tell = listener;
      return () => {};
    },
  };
  await noteCameraTrouble({ table, log: keptLog() } as never, camera);
  assert.deepEqual(written, ['No camera is chosen.']);
  for (const trouble of ['No camera is chosen.', undefined, undefined, 'The video is over.']) {
    camera.trouble = trouble;
    tell({} as CameraState);
  }
  await new Promise(setImmediate);
  assert.deepEqual(written, ['No camera is chosen.', undefined, 'The video is over.']);
});

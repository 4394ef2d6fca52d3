import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { RekognitionClient } from '@aws-sdk/client-rekognition';
import { seenFrames } from '../../../local/page/seen-frames.ts';
import { sightingRules } from '../../../party/recognition/rules.ts';
import type { Services } from '../../../party/services.ts';

test('a picture that is being looked at is looked at to its end, and none after that', async () => {
  let answer = (): void => {};
  const rekognition = {
    send: () =>
      new Promise((resolve) => {
        answer = () => resolve({ FaceDetails: [] });
      }),
  } as unknown as RekognitionClient;
  const services = {
    parties: { on: async () => undefined },
    rules: sightingRules.video,
    now: Date.now,
    config: { COLLECTION_ID: 'faces' },
  } as unknown as Services;
  const camera = { state: { width: 1280, height: 720 } } as never;
  const seen = seenFrames({ onRecord: () => () => {} } as never, camera, services, rekognition);
  const picture = { time: Date.now(), width: 1280, height: 720, jpeg: Buffer.alloc(0) };

  const look = seen.look(picture);
  let isClosed = false;
  const closing = seen.close().then(() => {
    isClosed = true;
  });
  await assert.rejects(seen.look(picture), /any more/);
  assert.ok(!isClosed, 'who looks is waited for');
  answer();
  await closing;
  assert.deepEqual((await look).faces, []);
});

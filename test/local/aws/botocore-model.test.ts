import assert from 'node:assert/strict';
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, test } from 'node:test';
import type { Face } from '../../../vision/face.ts';
import { runPython, withoutBoto3 } from '../../support/boto3.ts';
import { nobody } from '../../support/portraits.ts';
import { openAws } from '../../support/whole-aws.ts';

describe('boto3', { skip: withoutBoto3 }, () => {
  let aws: Awaited<ReturnType<typeof openAws>>;

  beforeEach(async () => {
    // Whatever it looks at, it sees five faces: this is about how they are told, not about who they are.
    aws = await openAws({
      recognizer: { find: async () => Array.from({ length: 5 }, (_, i) => face(i)) },
    });
  });

  afterEach(() => aws.close());

  test('agrees by its own models with what every operation takes and refuses', async () => {
    const { operations, compared, problems } = await runPython<{
      operations: string[];
      compared: number;
      problems: string[];
    }>(new URL('botocore-model.py', import.meta.url), aws.url);
    assert.deepEqual(problems, []);
    assert.ok(compared > 3000, `${compared} requests`);
    assert.ok(operations.length >= 39, operations.join(', '));
    const readme = await readFile(new URL('../../../local/README.md', import.meta.url), 'utf8');
    const untold = operations.filter((operation) => !readme.includes(operation.split(' ')[1] ?? ''));
    assert.deepEqual(untold, [], 'local/README.md says what is there');
  });

  test('gets every service’s own exceptions, goes through pages, and moves files by parts and URLs', async () => {
    const picture = join(aws.folder, 'five.jpg');
    await writeFile(picture, await nobody());
    const { paging, exceptions, transfers } = await runPython<Record<string, unknown>>(
      new URL('boto3-client.py', import.meta.url),
      aws.url,
      picture,
    );
    const songs = [0, 1, 2, 3, 4].map((number) => `songs/${number} & ü.mp3`);
    const inPages = (names: string[], size: number) =>
      names.flatMap((_, i) => (i % size === 0 ? [names.slice(i, i + size)] : []));
    const five = (name: string) => [0, 1, 2, 3, 4].map((number) => `${name}-${number}`);
    assert.deepEqual(paging, {
      collections: inPages(five('guests'), 2),
      faces: [2, 2, 1],
      'stream processors': [['door-0', 'door-1'], ['door-2']],
      objects: inPages(songs, 2),
      'objects of version 1': inPages(songs, 2),
      buckets: inPages(five('party'), 3),
      'video streams': [['door-0', 'door-1'], ['door-2']],
      'data streams': [['seen-0', 'seen-1'], ['seen-2']],
    });
    assert.deepEqual(exceptions, { cases: 26, otherwise: [] });
    const byUrl = ['by URL', 'text/x-note'];
    assert.deepEqual(transfers, [true, byUrl, 403, true, byUrl, 403]);
  });
});

function face(number: number): Face {
  return {
    box: { left: 100 * number, top: 100, width: 80 + number, height: 80 },
    confidence: 0.99,
    landmarks: Array.from({ length: 68 }, () => ({ x: 100, y: 100 })),
    pose: { pitch: 0, roll: 0, yaw: 0 },
    quality: { brightness: 80, sharpness: 80 },
    descriptor: Float32Array.from({ length: 128 }, () => number),
  };
}

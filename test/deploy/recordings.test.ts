import assert from 'node:assert/strict';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { runPython, withoutBoto3 } from '../support/boto3.ts';

test('the recordings have the shapes of botocore’s models', { skip: withoutBoto3 }, async () => {
  const folder = fileURLToPath(new URL('recordings/', import.meta.url));
  const { looked, problems } = await runPython<{ looked: number; problems: string[] }>(
    new URL('botocore-shapes.py', import.meta.url),
    folder,
  );
  assert.deepEqual(problems, []);
  assert.ok(looked > 100, `${looked} exchanges`);
});

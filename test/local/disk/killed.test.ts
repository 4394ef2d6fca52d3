import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { DataStream } from '../../../local/aws/kinesis/data-stream.ts';
import { beforeFirst } from '../../../local/aws/kinesis/sequence-number.ts';
import { ObjectStore } from '../../../local/aws/s3/object-store.ts';
import { readJsonLines } from '../../../local/disk/json-lines.ts';
import { LambdaFunctions } from '../../../local/lambda/functions.ts';
import { AsyncInvocations } from '../../../local/lambda/invoke.ts';
import { emptyFolder } from '../../support/folder.ts';
import { nodeArguments } from '../../support/node-arguments.ts';
import { Collected } from '../lambda/waiting.ts';

const { execArgv, file: writerProgram } = nodeArguments(fileURLToPath(new URL('killed.ts', import.meta.url)));

test('nothing that was said to be kept is lost when the process is killed', async (t) => {
  const folder = await emptyFolder();
  const writer = spawn(process.execPath, [...execArgv, writerProgram, folder], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  t.after(() => writer.kill('SIGKILL'));
  let kept = -1;
  for await (const line of createInterface(writer.stdout)) {
    kept = Number(line);
    if (kept === 100) writer.kill('SIGKILL');
  }
  if (writer.exitCode === null && writer.signalCode === null) await once(writer, 'exit');
  assert.ok(kept >= 100);

  const stream = new DataStream('door', join(folder, 'stream'));
  const records = stream.read(beforeFirst).map((record) => Number(record.data.toString()));
  assert.deepEqual(
    records.slice(0, kept + 1),
    Array.from({ length: kept + 1 }, (_, i) => i),
  );
  assert.ok(records.length <= kept + 2);

  const object = (await (await ObjectStore.open(folder)).readObject('party', 'one key'))?.toString() ?? '';
  const written = Number.parseInt(object, 10);
  assert.ok(written >= kept);
  assert.equal(object, `${written} `.repeat(2_000));

  const published = readJsonLines<{ message: string }>(join(folder, 'sns', 'published.jsonl'));
  assert.ok(published.length > kept);

  const seen = new Collected<number>();
  const functions = new LambdaFunctions({ never: { handler: async (event: number) => seen.add(event) } });
  const events = new AsyncInvocations({ functions, folder, retryDelaysMs: [0, 0] });
  events.resume();
  await seen.count(kept + 1);
  await events.close();
  assert.deepEqual(
    seen.items.sort((a, b) => a - b).slice(0, kept + 1),
    Array.from({ length: kept + 1 }, (_, i) => i),
  );
});

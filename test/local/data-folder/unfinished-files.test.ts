import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdirSync, readdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { removeUnfinishedFiles } from '../../../local/data-folder/unfinished-files.ts';
import { eventually } from '../../support/eventually.ts';
import { emptyFolder } from '../../support/folder.ts';
import { nodeArguments } from '../../support/node-arguments.ts';

const { execArgv, file: program } = nodeArguments(fileURLToPath(new URL('half-writing.ts', import.meta.url)));

/** All files below a folder, with forward slashes. */
const filesIn = (folder: string): string[] =>
  readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) =>
      join(entry.parentPath, entry.name)
        .slice(folder.length + 1)
        .replaceAll('\\', '/'),
    )
    .sort();

test('what kill -9 left half written is removed, and what is whole stays', async (t) => {
  const folder = await emptyFolder();
  const halves = () => filesIn(folder).filter((file) => file !== 'state/large.json');
  for (let killed = 0; halves().length === 0; killed++) {
    assert.ok(killed < 20, 'killed in the middle at last');
    const writer = spawn(process.execPath, [...execArgv, program, folder]);
    t.after(() => writer.kill('SIGKILL'));
    await eventually(
      'it has written once, and writes again',
      () => existsSync(join(folder, 'state', 'large.json')) && halves().length > 0,
    );
    writer.kill('SIGKILL');
    await once(writer, 'exit');
  }
  assert.equal(removeUnfinishedFiles(folder), 1);
  assert.deepEqual(filesIn(folder), ['state/large.json']);
});

test('only what has the name of an unfinished file is one', async () => {
  const folder = await emptyFolder();
  const id = '0f8fad5b-d9cb-469f-a165-70867728950e';
  const kept = [
    'telegram/files/documents/file_0.new',
    'telegram/files/documents/file_1.part',
    'telegram/journal.jsonl',
    `s3/party/uploads/${id}/part-1`,
    `rekognition/${id}.json`,
    'carols/silent-night-1.mp3',
  ];
  const unfinished = [
    `rekognition/collections.json.${id}.new`,
    `s3/party/objects/${'f'.repeat(64)}.${id}.new`,
    'carols/silent-night-1.mp3.4711.part',
    'telegram/journal.jsonl.next',
  ];
  for (const file of [...kept, ...unfinished]) {
    mkdirSync(dirname(join(folder, file)), { recursive: true });
    writeFileSync(join(folder, file), 'x');
  }
  assert.equal(removeUnfinishedFiles(folder), unfinished.length);
  assert.deepEqual(filesIn(folder), kept.sort());
});

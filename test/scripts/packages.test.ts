import assert from 'node:assert/strict';
import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { test } from 'node:test';
import { keepOwnPlatform, lackOfSpace, whyNot } from '../../scripts/packages.mjs';
import { emptyFolder } from '../support/folder.ts';

const own = `${process.platform}/${process.arch}`;

/** Packages whose onnxruntime-node brings binaries for these systems. @returns which of them are there */
async function installed(systems: readonly string[]): Promise<{ folder: string; there(): string[] }> {
  const folder = await emptyFolder();
  const place = (system: string): string => path.join(folder, 'onnxruntime-node/bin/napi-v6', system);
  for (const system of systems) {
    mkdirSync(place(system), { recursive: true });
    writeFileSync(path.join(place(system), 'onnxruntime_binding.node'), 'binary');
  }
  return { folder, there: () => systems.filter((system) => existsSync(place(system))) };
}

test('of the engine’s binaries only this system’s are kept', async () => {
  const { folder, there } = await installed([own, 'plan9/x64', 'plan9/arm64', `${process.platform}/mips`]);
  keepOwnPlatform(folder);
  assert.deepEqual(there(), [own]);
  keepOwnPlatform(folder);
  assert.deepEqual(there(), [own]);
});

test('where this system’s are not found, nothing is removed', async () => {
  const { folder, there } = await installed(['plan9/x64', 'plan9/arm64']);
  keepOwnPlatform(folder);
  assert.deepEqual(there(), ['plan9/x64', 'plan9/arm64']);
});

test('without the package there is nothing to do', async () => {
  keepOwnPlatform(await emptyFolder());
});

test('a disk without room for what is fetched and what is installed is told of before anything is fetched', () => {
  const size = { fetched: 300, installed: 600 };
  assert.equal(lackOfSpace(size, 900), undefined);
  assert.match(lackOfSpace(size, 899.5) ?? '', /has 899 MB free, and installing takes 900 MB\. Make room/);
});

test('an install that failed is told of by its cause', () => {
  assert.match(whyNot('npm error code ENOTFOUND\n'), /cannot reach its registry\. Check the network/);
  assert.match(whyNot('npm error ENOSPC: no space left on device'), /the disk is full\. Make room/);
  assert.match(whyNot('npm error something else'), /failed as shown above/);
});

import assert from 'node:assert/strict';
import { existsSync } from 'node:fs';
import { readdir } from 'node:fs/promises';
import path from 'node:path';
import { test } from 'node:test';
import { root } from '../../infra/functions/bundling.ts';
import { missingOn, readElfNeeds, type System } from '../support/elf.ts';

/** What Lambda's Node 24 runs on: Amazon Linux 2023, with glibc 2.34 and the libstdc++ of GCC 11. */
const amazonLinux: System = { GLIBC: '2.34', GLIBCXX: '3.4.29', CXXABI: '1.3.13' };
/** What the producer's image is made from: Debian 13, with glibc 2.41 and the libstdc++ of GCC 14. */
const debian: System = { GLIBC: '2.41', GLIBCXX: '3.4.33', CXXABI: '1.3.15' };

const onLinux = process.platform === 'linux' ? {} : { skip: 'here the packages are another system’s' };

async function nativeFiles(folder: string): Promise<string[]> {
  const files: string[] = [];
  for (const entry of await readdir(folder, { recursive: true, withFileTypes: true }))
    if (entry.isFile() && /\.(node|so[.\d]*)$/.test(entry.name))
      files.push(path.join(entry.parentPath, entry.name));
  return files;
}

async function assertRunsOn(system: System, folders: readonly string[], machine?: string): Promise<void> {
  const files = (await Promise.all(folders.map(nativeFiles))).flat();
  assert.ok(files.length > 0, `there is native code in ${folders.join(' and ')}`);
  for (const file of files) {
    const needs = await readElfNeeds(file);
    if (machine) assert.equal(needs.machine, machine, file);
    assert.ok(needs.versions.has('libc.so.6'), `${file} says what it needs of libc`);
    assert.deepEqual(missingOn(system, needs), [], file);
  }
}

test('a version is missing that is newer than the system’s, number by number, or private', () => {
  const needs = (...versions: string[]) => ({ versions: new Map([['libc.so.6', versions]]) });
  const system: System = { GLIBC: '2.34' };
  assert.deepEqual(missingOn(system, needs('GLIBC_2.2.5', 'GLIBC_2.34', 'GLIBC_2.4')), []);
  assert.deepEqual(missingOn(system, needs('GLIBC_2.35', 'GLIBC_2.34.1', 'GLIBC_3')), [
    'GLIBC_2.35',
    'GLIBC_2.34.1',
    'GLIBC_3',
  ]);
  assert.deepEqual(missingOn(system, needs('GLIBC_PRIVATE', 'VERS_1.30.0')), ['GLIBC_PRIVATE']);
});

test('what is no program or library is refused', async () => {
  await assert.rejects(readElfNeeds(path.join(root, 'package.json')), /is no ELF file/);
});

test('sharp, as npm has it for this machine, runs on Lambda’s system', onLinux, async () => {
  await assertRunsOn(amazonLinux, [path.join(root, 'node_modules/@img')]);
});

test('sharp, as the last build of the pictures’ Lambda took it, is for arm64 and runs on Lambda’s system', async (t) => {
  const builds = path.join(root, 'node_modules/.cache/musical-joy/lambdas');
  const named = existsSync(builds) ? await readdir(builds) : [];
  const folders = named
    .filter((name) => name.startsWith('pictures-'))
    .map((name) => path.join(builds, name, 'node_modules/@img'))
    .filter((folder) => existsSync(folder));
  if (folders.length === 0) return t.skip('nothing was built for Lambda here');
  await assertRunsOn(amazonLinux, folders, 'arm64');
});

test('all native code of the producer runs on its image’s system', onLinux, async () => {
  const { arch } = process;
  await assertRunsOn(debian, [
    path.join(root, 'node_modules/@img'),
    path.join(root, `node_modules/@seydx/node-av-linux-${arch}`),
    path.join(root, `node_modules/onnxruntime-node/bin/napi-v6/linux/${arch}`),
  ]);
});

// What npm brings of it for another processor takes a download; .ci/run makes it.
const { PRODUCER_ARM64: forArm64 } = process.env;
const skipped = forArm64 ? {} : { skip: 'needs the producer’s packages for arm64 (PRODUCER_ARM64)' };
test('all native code of the producer’s image for arm64 runs on its system', skipped, async () => {
  const packages = path.join(forArm64!, 'node_modules');
  await assertRunsOn(
    debian,
    [
      path.join(packages, '@img'),
      path.join(packages, '@seydx/node-av-linux-arm64'),
      path.join(packages, 'onnxruntime-node/bin/napi-v6/linux/arm64'),
    ],
    'arm64',
  );
});

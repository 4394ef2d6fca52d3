import assert from 'node:assert/strict';
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { copyLicences, packagesIn } from '../../../producer/image/licences.mjs';
import { emptyFolder } from '../../support/folder.ts';

const root = fileURLToPath(new URL('../../../', import.meta.url));

/** A package as npm installs it. */
async function installed(name: string, files: Readonly<Record<string, string>>): Promise<string> {
  const folder = path.join(await emptyFolder(), 'node_modules', name);
  mkdirSync(folder, { recursive: true });
  const about = { name, version: '1.0.0', license: 'MIT' };
  for (const [file, text] of Object.entries({ 'package.json': JSON.stringify(about), ...files })) {
    writeFileSync(path.join(folder, file), text);
  }
  return folder;
}

test('a package’s own texts are taken, and what is missing is an error until somebody looks it up', async () => {
  const target = await emptyFolder();
  copyLicences(
    await installed('@some/one', { LICENCE: 'terms', 'NOTICE.txt': 'notice', 'index.js': '' }),
    target,
  );
  assert.deepEqual(readdirSync(path.join(target, '@some/one')).sort(), ['LICENCE', 'NOTICE.txt']);
  const without = await installed('without', { 'README.md': 'hello' });
  assert.throws(() => copyLicences(without, target), /without 1\.0\.0 \(MIT\) brings no licence text/);
});

test('what the binaries hold besides is said where the package does not say it', async () => {
  const target = await emptyFolder();
  const ffmpeg = await installed('@seydx/node-av-linux-x64', { 'README.md': 'MIT' });
  copyLicences(ffmpeg, target);
  const said = readFileSync(path.join(target, '@seydx/node-av-linux-x64', 'ffmpeg.md'), 'utf8');
  assert.match(said, /GNU General Public License/);
  assert.match(said, /libfdk-aac/);
});

test('the packages of a bundle are found in what esbuild says of it', () => {
  const inputs = {
    'producer/main.ts': {},
    'node_modules/zod/index.js': {},
    'node_modules/zod/v4/core.js': {},
    'node_modules/@smithy/core/dist/index.js': {},
    'node_modules/a/node_modules/b/index.js': {},
  };
  assert.deepEqual(packagesIn(inputs), [
    'node_modules/@smithy/core',
    'node_modules/a/node_modules/b',
    'node_modules/zod',
  ]);
});

test('the workflow publishes no image while FFmpeg’s binary holds what must not be passed on with it', () => {
  const workflow = readFileSync(path.join(root, '.github/workflows/producer.yml'), 'utf8');
  const binary = `node_modules/@seydx/node-av-${process.platform}-${process.arch}/node-av.node`;
  // Where another system's is installed, or none, the notices are gone by.
  const holdsIt =
    !existsSync(path.join(root, binary)) ||
    readFileSync(path.join(root, binary)).includes('--enable-libfdk-aac');
  const publishes = /push: (?!false)|login-action|packages: write/.test(workflow);
  assert.ok(!(holdsIt && publishes), 'see THIRD-PARTY-NOTICES.md, "Passing on the producer\'s image"');
});

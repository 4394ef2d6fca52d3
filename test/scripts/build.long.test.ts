import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import {
  appendFileSync,
  cpSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import path from 'node:path';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { buildsOf, sources } from '../../scripts/build/programs.mjs';
import { emptyFolder } from '../support/folder.ts';

const here = fileURLToPath(new URL('../../', import.meta.url));

function write(root: string, file: string, text: string): void {
  mkdirSync(path.dirname(path.join(root, file)), { recursive: true });
  writeFileSync(path.join(root, file), text);
}

const built = (root: string): string[] => readdirSync(buildsOf(root));

/** The project's own files, with the packages of this one. */
async function wholeProject(): Promise<string> {
  const root = await emptyFolder();
  const rooms = [...new Set(sources.map((folder) => folder.split('/')[0]!))];
  for (const name of [...rooms, 'package.json', 'package-lock.json', 'tsconfig.json'])
    cpSync(path.join(here, name), path.join(root, name), { recursive: true });
  mkdirSync(path.join(root, 'node_modules'));
  for (const name of readdirSync(path.join(here, 'node_modules')))
    if (name !== '.cache')
      symlinkSync(path.join(here, 'node_modules', name), path.join(root, 'node_modules', name));
  return root;
}

test('npm start runs from a build, and its stack traces name the sources', async () => {
  const root = await wholeProject();
  const npmStart = (...args: string[]) =>
    spawnSync(process.execPath, [path.join(root, 'scripts/run.mjs'), 'start', ...args], { encoding: 'utf8' });
  // Without a place for builds it is read from its sources, and says nothing of it.
  write(root, 'node_modules/.cache/musical-joy', '');
  const read = npmStart('--help');
  rmSync(path.join(root, 'node_modules/.cache/musical-joy'));
  const help = npmStart('--help');
  assert.match(help.stdout, /--aws-port/);
  assert.deepEqual([read.stdout, read.stderr, help.stderr], [help.stdout, '', '']);
  const [name] = built(root);
  appendFileSync(path.join(buildsOf(root), name!, 'local/start.js'), `console.log('from the build');`);
  assert.match(npmStart('--help').stdout, /from the build/);

  const settings = path.join(root, 'local/settings.ts');
  const lines = readFileSync(settings, 'utf8').trimEnd().split('\n').length;
  appendFileSync(
    settings,
    `\nfunction nobody(): string {\n  return new Error('nobody').stack!;\n}\nconsole.log(nobody());\n`,
  );
  const { stdout } = npmStart('--help');
  assert.match(stdout, new RegExp(`^Error: nobody\n {4}at nobody \\(\\S+/local/settings\\.ts:${lines + 3}:`));
  assert.doesNotMatch(stdout, /\.cache|from the build/);
});

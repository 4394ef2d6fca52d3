import assert from 'node:assert/strict';
import { execFileSync, spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import {
  appendFileSync,
  existsSync,
  mkdirSync,
  readdirSync,
  rmSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import path from 'node:path';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { bundle } from '../../scripts/build/bundle.ts';
import { buildsOf, programs, sources } from '../../scripts/build/programs.mjs';
import { builtProgram } from '../../scripts/build/ready.mjs';
import { eventually } from '../support/eventually.ts';
import { emptyFolder } from '../support/folder.ts';

const here = fileURLToPath(new URL('../../', import.meta.url));

const start = 'local/start.ts';

/** A project of the same rooms, in which each program says one word. */
async function smallProject(): Promise<string> {
  const root = await emptyFolder();
  for (const room of sources) mkdirSync(path.join(root, room), { recursive: true });
  for (const program of programs) write(root, program, `const said: string = 'one'; console.log(said);`);
  return root;
}

function write(root: string, file: string, text: string): void {
  mkdirSync(path.dirname(path.join(root, file)), { recursive: true });
  writeFileSync(path.join(root, file), text);
}

const says = (program: string | undefined): string =>
  execFileSync(process.execPath, [program!], { encoding: 'utf8' }).trim();

const built = (root: string): string[] => readdirSync(buildsOf(root));

test('a program is built once, and anew when a source is changed', async () => {
  const root = await smallProject();
  const first = await builtProgram(root, start);
  assert.equal(says(first), 'one');
  appendFileSync(first!, `console.log('from the build');`);
  assert.equal(says(await builtProgram(root, start)), 'one\nfrom the build');

  write(root, start, `import { said } from '../party/said.ts'; console.log(said);`);
  write(root, 'party/said.ts', `export const said = 'two';`);
  assert.equal(says(await builtProgram(root, start)), 'two');
  write(root, 'party/said.ts', `export const said = 'three';`);
  assert.equal(says(await builtProgram(root, start)), 'three');
  assert.equal(await builtProgram(root, 'deploy/deploy.ts'), undefined);
});

test('a former build goes with the next one, if nobody runs from it', async () => {
  const root = await smallProject();
  const used = path.dirname(path.dirname((await builtProgram(root, start))!));
  assert.ok(existsSync(path.join(used, `used-by-${process.pid}`)));
  const one = readdirSync(used);
  write(root, start, `console.log('two');`);
  const unused = path.dirname(path.dirname((await builtProgram(root, start))!));
  rmSync(path.join(unused, `used-by-${process.pid}`));
  // A process that is no more: its number was given to this one.
  const { pid } = spawnSync(process.execPath, ['--version']);
  writeFileSync(path.join(unused, `used-by-${pid}`), '');
  mkdirSync(path.join(buildsOf(root), 'unfinished-new'));
  mkdirSync(path.join(buildsOf(root), 'unfinished-old'));
  const longAgo = Date.now() / 1000 - 2 * 3600;
  utimesSync(path.join(buildsOf(root), 'unfinished-old'), longAgo, longAgo);

  write(root, start, `console.log('three');`);
  const newest = path.dirname(path.dirname((await builtProgram(root, start))!));
  const kept = [used, newest].map((folder) => path.basename(folder));
  assert.deepEqual(built(root).sort(), [...kept, 'unfinished-new'].sort());
  assert.deepEqual(readdirSync(used), one);
});

test('two starts at once build the same, and one of both is kept', async () => {
  const root = await smallProject();
  const both = await Promise.all([builtProgram(root, start), builtProgram(root, start)]);
  assert.equal(both[0], both[1]);
  assert.equal(says(both[0]), 'one');
  assert.equal(built(root).length, 1);
});

test('where nothing can be kept, or sources are broken, there is no build, and nothing of it is left', async () => {
  const unwritable = await smallProject();
  write(unwritable, 'node_modules/.cache/musical-joy', 'a file where the folder would be');
  assert.equal(await builtProgram(unwritable, start), undefined);

  const broken = await smallProject();
  write(broken, start, 'const said: = ;');
  assert.equal(await builtProgram(broken, start), undefined);
  assert.deepEqual(built(broken), []);
});

test('all that the programs are made of decides whether they are built anew', async () => {
  const files = new Map(programs.map((file) => [file, file.replace(/\.ts$/, '')]));
  const inputs = await bundle({ root: here, files, folder: await emptyFolder() });
  const own = Object.keys(inputs).filter((file) => !file.includes('node_modules/'));
  assert.ok(own.length > 500);
  const forgotten = own.filter((file) => !sources.some((room) => file.startsWith(`${room}/`)));
  assert.deepEqual(forgotten, []);
});

test('a start that is killed while it builds leaves the next one nothing to trip over', async () => {
  const root = await smallProject();
  const ready = new URL('../../scripts/build/ready.mjs', import.meta.url).href;
  const program = `const { builtProgram } = await import(${JSON.stringify(ready)});
    await builtProgram(${JSON.stringify(root)}, ${JSON.stringify(start)});`;
  const child = spawn(process.execPath, ['--input-type=module', '--eval', program], { stdio: 'ignore' });
  await eventually('it builds', () => existsSync(buildsOf(root)) && built(root).length > 0);
  child.kill('SIGKILL');
  await once(child, 'exit');
  assert.equal(says(await builtProgram(root, start)), 'one');
});

import assert from 'node:assert/strict';
import { type ChildProcess, fork, spawn } from 'node:child_process';
import { once } from 'node:events';
import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { text } from 'node:stream/consumers';
import { test } from 'node:test';
import { emptyFolder } from '../support/folder.ts';

/** Every Node that there is: the setting is made by those from 22.15 on. */
const nodes = [process.execPath, ...(process.env.NODE_24 ? [process.env.NODE_24] : [])];

/** A program that makes the setting, and then says what it is and how it was started. */
async function program(): Promise<string> {
  const file = path.join(await emptyFolder(), 'program.mjs');
  const module = new URL('../../scripts/less-memory.mjs', import.meta.url).href;
  writeFileSync(
    file,
    `import { beginFrugally } from ${JSON.stringify(module)};
    beginFrugally();
    const { pid, execArgv, argv, env, execve } = process;
    const said = { pid, execArgv, args: argv.slice(1), arenas: env.MALLOC_ARENA_MAX, can: typeof execve };
    if (process.send) process.send(said, () => process.disconnect()); else console.log(JSON.stringify(said));`,
  );
  return file;
}

const { MALLOC_ARENA_MAX: _, ...surroundings } = process.env;

test('a process begins anew with less room for what it frees, and is otherwise what it was', async () => {
  const file = await program();
  for (const node of nodes) {
    const args = ['--no-warnings', file, 'one', 'two words'];
    const child = spawn(node, args, { env: surroundings, stdio: ['ignore', 'pipe', 'pipe'] });
    const [printed, complaints] = await Promise.all([text(child.stdout), text(child.stderr)]);
    const { can, ...said } = JSON.parse(printed);
    assert.deepEqual(said, {
      pid: child.pid,
      execArgv: ['--no-warnings'],
      args: args.slice(1),
      ...(can === 'function' && process.platform === 'linux' && { arenas: '2' }),
    });
    assert.equal(complaints, '');
  }
});

test('it goes on as it is where somebody chose otherwise, or talks to it by a channel', async () => {
  const file = await program();
  for (const node of nodes) {
    const child = spawn(node, [file], {
      env: { ...surroundings, MALLOC_ARENA_MAX: '5' },
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    assert.equal(JSON.parse(await text(child.stdout)).arenas, '5');
    const forked: ChildProcess = fork(file, { env: surroundings, execPath: node, execArgv: [] });
    const [said] = await once(forked, 'message');
    assert.equal(said.arenas, undefined);
  }
});

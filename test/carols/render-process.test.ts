import assert from 'node:assert/strict';
import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { carols } from '../../carols/index.ts';
import type { Rendering } from '../../carols/render-process.ts';
import { nodeArguments } from '../support/node-arguments.ts';

const program = fileURLToPath(new URL('../../carols/render-process.ts', import.meta.url));

function start(): ChildProcess {
  const { execArgv, file } = nodeArguments(program);
  return fork(file, { execArgv, serialization: 'advanced', stdio: 'inherit' });
}

/** Resolves when it has ended without its parent. */
async function endsWithout(child: ChildProcess): Promise<void> {
  const ended = once(child, 'exit');
  child.disconnect();
  await ended;
}

test('the process that renders carols ends with its parent: while it starts, while it renders, and afterwards', async () => {
  await endsWithout(start());

  const rendering = start();
  rendering.send(carols[0]!.id);
  await endsWithout(rendering);

  const done = start();
  done.send(carols[0]!.id);
  const [answer] = (await once(done, 'message')) as [Rendering];
  assert.ok('audio' in answer);
  await endsWithout(done);
});

import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readdir } from 'node:fs/promises';
import path from 'node:path';
import { test } from 'node:test';
import { emptyFolder } from '../support/folder.ts';

test('the engine keeps no number of this machine and makes nothing ready to send to its makers', async () => {
  const folder = await emptyFolder();
  // Without CI, for onnxruntime itself is silent there.
  const { CI: _, ORT_DISABLE_TELEMETRY: __, ...surroundings } = process.env;
  const engine = new URL('../../vision/engine.ts', import.meta.url).href;
  const program = `const { Engine } = await import(${JSON.stringify(engine)});
    await Engine.create();
    process.kill(process.pid, 'SIGKILL');`;
  const child = spawn(
    process.execPath,
    ['--import', import.meta.resolve('tsx'), '--input-type=module', '--eval', program],
    {
      // It keeps its number in the home folder and its notes in the one for temporary files.
      env: {
        ...surroundings,
        HOME: path.join(folder, 'home'),
        TMPDIR: folder,
        XDG_CACHE_HOME: path.join(folder, 'cache'),
      },
      cwd: folder,
      stdio: ['ignore', 'pipe', 'pipe'],
    },
  );
  let output = '';
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (text) => (output += text));
  const [, signal] = await once(child, 'close');
  assert.equal(signal, 'SIGKILL', output);
  assert.doesNotMatch(output, /telemetry/i);
  const written = (await readdir(folder, { recursive: true })).filter((name) => !name.includes('tsx'));
  assert.deepEqual(written, []);
});

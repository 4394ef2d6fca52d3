import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { emptyFolder } from '../support/folder.ts';

const compiler = path.join(
  path.dirname(createRequire(import.meta.url).resolve('typescript/package.json')),
  'bin/tsc',
);
const log = fileURLToPath(new URL('../../party/log.ts', import.meta.url));

const lines: Array<[line: string, compiles: boolean]> = [
  ["log.info('Here', { updateId: 1, partyId: 'p', guests: ['g1'], sure: true });", true],
  ["try { await work(); } catch (error) { log.warn('No', { error }); }", false],
  ["log.warn('No', { error: new Error('x') });", false],
  ["log.warn('No', new Error('x'));", false],
  ["log.warn('No', { photo: new Uint8Array(4) });", false],
];
test('no error and no picture can be handed to a log: it does not compile', async () => {
  const folder = await emptyFolder();
  const files = lines.map(([line], index) => {
    const file = path.join(folder, `line-${index}.ts`);
    writeFileSync(
      file,
      `import type { Log } from '${log}';\nexport async function f(log: Log, work: () => Promise<void>) { ${line} await work(); }\n`,
    );
    return file;
  });
  const options = ['--noEmit', '--strict', '--target', 'es2023', '--module', 'nodenext'];
  const { stdout } = spawnSync(
    process.execPath,
    [compiler, ...options, '--allowImportingTsExtensions', '--ignoreConfig', ...files],
    { encoding: 'utf8', cwd: folder },
  );
  for (const [index, [line, compiles]] of lines.entries())
    assert.equal(!stdout.includes(`line-${index}.ts`), compiles, `${line}\n${stdout}`);
});

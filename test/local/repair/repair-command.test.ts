import assert from 'node:assert/strict';
import { mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { lockFolder } from '../../../local/data-folder/lock.ts';
import { repairCommand } from '../../../local/repair/repair-command.ts';
import { emptyFolder } from '../../support/folder.ts';
import { startNodeProgram } from '../../support/node-program.ts';

const launcher = fileURLToPath(new URL('../../../scripts/run.mjs', import.meta.url));

/** Runs `npm run doctor -- --repair` as npm does. */
async function repair(
  ...args: readonly string[]
): Promise<{ readonly code: unknown; readonly says: string }> {
  const program = startNodeProgram(launcher, ['doctor', '--repair', ...args], { env: process.env });
  return { code: await program.ended, says: program.output() };
}

test('the command is as a host types it', () => {
  assert.equal(repairCommand(path.resolve('.joy')), 'npm run doctor -- --repair');
  assert.equal(repairCommand(path.resolve('other')), 'npm run doctor -- --repair --data other');
  assert.equal(
    repairCommand('/x'),
    'npm run doctor -- --repair --data /x',
    'and not up to it through all folders',
  );
  assert.equal(repairCommand(path.resolve('my data')), "npm run doctor -- --repair --data 'my data'");
});

test('the command says what it does, that there is no such folder, and that a house runs on it', async () => {
  const folder = await emptyFolder();
  const release = await lockFolder(folder);
  const [help, none, running] = await Promise.all([
    repair('--help'),
    repair('--data', path.join(folder, 'none')),
    repair('--data', folder),
  ]);
  await release();
  assert.equal(help.code, 0);
  assert.match(help.says, /^Repairs the data folder[\s\S]*--data \.joy/);
  assert.equal(none.code, 1);
  assert.match(none.says, /There is no data folder .*none\. Say where it is with --data\./);
  assert.equal(running.code, 1);
  assert.match(running.says, /already running on the data folder .*\n.*stop it first/);
});

test('what is damaged in the data of an AWS that was run by itself is repaired, and nothing of a house is made', async () => {
  const folder = await emptyFolder();
  mkdirSync(path.join(folder, 'secrets-manager'));
  writeFileSync(path.join(folder, 'secrets-manager', 'secrets.json'), 'no JSON');
  const { code, says } = await repair('--data', folder);
  assert.equal(code, 0, says);
  assert.match(says, /secrets\.json was damaged, so I began it anew\. Lost: the secrets.*\nDone\./);
});

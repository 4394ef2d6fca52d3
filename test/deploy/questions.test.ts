import assert from 'node:assert/strict';
import { execFile, execFileSync } from 'node:child_process';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { TOKEN } from '../local/telegram/stand.ts';
import { type Cloud, openCloud } from './cloud.ts';
import { commandFile, environment } from './command.ts';

const skip = hasTerminals() ? false : 'needs Python with pseudo-terminals';

/** What a terminal showed of a command. */
interface Shown {
  readonly code: number;
  readonly shown: string;
  /** Answers to what was never asked. */
  readonly unasked: readonly unknown[];
}

/** Runs a command at a terminal. @param answers what is waited for, and what is typed then */
async function atTerminal(
  cloud: Cloud,
  command: string,
  answers: ReadonlyArray<readonly [string, string]>,
): Promise<Shown> {
  const program = fileURLToPath(new URL('at-terminal.py', import.meta.url));
  const node = [process.execPath, '--import', import.meta.resolve('tsx'), commandFile(command)];
  const { stdout } = await promisify(execFile)('python3', [program, JSON.stringify(answers), ...node], {
    cwd: cloud.folder,
    env: environment(cloud, { TERM: 'xterm' }),
  });
  return JSON.parse(stdout) as Shown;
}

test('the token is asked for until it is right, and never shown', { skip }, async (t) => {
  const cloud = await openCloud(t);
  const wrong = `${TOKEN.slice(0, -4)}xxxx`;
  const { code, shown, unasked } = await atTerminal(cloud, 'deploy', [
    ["The bot's token", `${wrong}\r`],
    ['Telegram does not know this token', ''],
    ["The bot's token", `${TOKEN}\r`],
    ['Shall I?', 'n\r'],
  ]);
  assert.deepEqual(unasked, [], shown);
  assert.equal(code, 130);
  assert.match(shown, /Nothing was changed\./);
  assert.ok(!shown.includes(TOKEN) && !shown.includes(wrong), shown);
  assert.equal(await cloud.secret(), undefined);
});

test('Ctrl+C at a question changes nothing', { skip }, async (t) => {
  const cloud = await openCloud(t);
  const { code, shown } = await atTerminal(cloud, 'deploy', [["The bot's token", '\x03']]);
  assert.equal(code, 130);
  assert.match(shown, /Nothing was changed\./);
});

test('a house is removed only by its name', { skip }, async (t) => {
  const cloud = await openCloud(t, { cloudformation: 'awake' });
  const { code, shown, unasked } = await atTerminal(cloud, 'destroy', [
    ['Delete the photos', 'n\r'],
    ["Type the house's name", 'MusicalJoi\r'],
  ]);
  assert.deepEqual(unasked, [], shown);
  assert.equal(code, 130);
  assert.match(shown, /That is another name\. Nothing was removed\./);
  assert.ok(!cloud.recorded.operations('cloudformation').includes('DeleteStack'));
});

function hasTerminals(): boolean {
  try {
    execFileSync('python3', ['-c', 'import pty, os; os.waitstatus_to_exitcode'], { stdio: 'ignore' });
    return true;
  } catch {
    return false;
  }
}

import assert from 'node:assert/strict';
import { execFile, execFileSync } from 'node:child_process';
import { readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { describe, test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { parseEnv, promisify } from 'node:util';
import { standToken } from '../local/telegram/stand.ts';
import { nodeArguments } from '../support/node-arguments.ts';
import { type Cloud, openCloud } from './cloud.ts';
import { environment } from './command.ts';
import { commandFile } from './command-process.ts';

const skip = hasTerminals() ? false : 'needs Python with pseudo-terminals';

/** What a terminal showed of a command. */
interface Shown {
  readonly code: number;
  readonly shown: string;
}

/** How long a command may show nothing new, in seconds: far longer than any step of it takes without a word. */
const patience = 90;

/**
 * Runs a command at a terminal.
 *
 * @param answers what is waited for, and what is typed then
 * @returns what was shown; an error with it, when something was never asked, or the command waits for something else
 */
async function atTerminal(
  cloud: Cloud,
  command: string,
  answers: ReadonlyArray<readonly [string, string]>,
): Promise<Shown> {
  const program = fileURLToPath(new URL('at-terminal.py', import.meta.url));
  const { execArgv, file } = nodeArguments(commandFile(command));
  const node = [process.execPath, ...execArgv, file];
  const { stdout } = await promisify(execFile)(
    'python3',
    [program, String(patience), JSON.stringify(answers), ...node],
    { cwd: cloud.folder, env: environment(cloud, { TERM: 'xterm' }) },
  );
  const { code, shown, unasked } = JSON.parse(stdout) as {
    readonly code: number | null;
    readonly shown: string;
    readonly unasked: ReadonlyArray<readonly [string, string]>;
  };
  const [[awaited] = []] = unasked;
  if (code === null) throw new Error(`Nothing new for ${patience} seconds, after:\n${shown}`);
  if (awaited !== undefined) throw new Error(`"${awaited}" was never asked:\n${shown}`);
  return { code, shown };
}

describe('at a terminal', { skip, concurrency: true }, () => {
  test('the token is asked for until it is right, and never shown', async (t) => {
    const cloud = await openCloud(t);
    const wrong = `${standToken.slice(0, -4)}xxxx`;
    const { code, shown } = await atTerminal(cloud, 'deploy', [
      ["The bot's token", `${wrong}\r`],
      ['Telegram does not know this token', ''],
      ["The bot's token", `${standToken}\r`],
      ['Shall I?', 'n\r'],
    ]);
    assert.equal(code, 130);
    assert.match(shown, /Nothing was changed\./);
    assert.ok(!shown.includes(standToken) && !shown.includes(wrong), shown);
    assert.equal(await cloud.secret(), undefined);
  });

  test('what is typed before a question stands there is no answer to it', async (t) => {
    const cloud = await openCloud(t);
    const { code, shown } = await atTerminal(cloud, 'deploy', [
      ['Looking at the account', `${standToken.slice(0, -4)}xxxx\r`],
      ["The bot's token", `${standToken}\r`],
      ['Shall I?', 'n\r'],
    ]);
    assert.equal(code, 130);
    assert.doesNotMatch(shown, /Telegram does not know/);
  });

  test('Ctrl+C at a question changes nothing', async (t) => {
    const cloud = await openCloud(t);
    const { code, shown } = await atTerminal(cloud, 'deploy', [["The bot's token", '\x03']]);
    assert.equal(code, 130);
    assert.match(shown, /Nothing was changed\./);
  });

  test('a host is asked for the token, for a yes and for the key, and has a house', async (t) => {
    const cloud = await openCloud(t);
    await writeFile(
      path.join(cloud.folder, '.env'),
      `CAMERA_URL="rtsp://192.168.1.20:554/it's#1"\nCAMERA_USER=bell\nCAMERA_PASSWORD='correct $horse #1'\n`,
    );
    const { code, shown } = await atTerminal(cloud, 'deploy', [
      ["The bot's token", `${standToken}\r`],
      ['Shall I?', 'y\r'],
      ['Make an access key for the producer at home?', 'y\r'],
    ]);
    assert.equal(code, 0, shown);
    assert.match(shown, /A key for the producer was made[\s\S]*t\.me/);
    assert.ok(!shown.includes(standToken), shown);
    const producer = parseEnv(await readFile(path.join(cloud.folder, 'producer.env'), 'utf8'));
    assert.equal(producer.AWS_ACCESS_KEY_ID, 'AKIANEWNEWNEWNEWNEW2');
    assert.equal(producer.CAMERA_URL, 'rtsp://192.168.1.20:554/it%27s#1');
    assert.deepEqual([producer.CAMERA_USER, producer.CAMERA_PASSWORD], ['bell', 'correct $horse #1']);
    assert.ok(!shown.includes('horse'), shown);
  });

  test('a house is removed only by its name', async (t) => {
    const cloud = await openCloud(t, { cloudformation: 'awake' });
    const { code, shown } = await atTerminal(cloud, 'destroy', [
      ['Delete the photos', 'n\r'],
      ["Type the house's name", 'MusicalJoi\r'],
    ]);
    assert.equal(code, 130);
    assert.match(shown, /That is another name\. Nothing was removed\./);
    assert.ok(!cloud.recorded.operations('cloudformation').includes('DeleteStack'));
  });

  test('a house is removed by its name, with its pictures if that is wished', async (t) => {
    const cloud = await openCloud(t, { cloudformation: 'asleep', iam: 'the old key' });
    const { code, shown } = await atTerminal(cloud, 'destroy', [
      ['Delete the photos', 'y\r'],
      ["Type the house's name", 'MusicalJoy\r'],
    ]);
    assert.equal(code, 0, shown);
    assert.match(
      shown,
      /access key was deleted[\s\S]*bucket musicaljoy-bucket-1abc was deleted[\s\S]*is gone\./,
    );
  });
});

function hasTerminals(): boolean {
  try {
    execFileSync('python3', ['-c', 'import pty, os; os.waitstatus_to_exitcode'], { stdio: 'ignore' });
    return true;
  } catch {
    return false;
  }
}

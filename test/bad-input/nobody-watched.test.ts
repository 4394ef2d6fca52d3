import assert from 'node:assert/strict';
import { readFile, rename, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { type TestContext, test } from 'node:test';
import { says } from '../support/bot-house.ts';
import { putCarols } from '../support/carols.ts';
import { makeClip } from '../support/clip.ts';
import { eventually } from '../support/eventually.ts';
import { emptyFolder } from '../support/folder.ts';
import { dropLock } from '../support/folder-lock.ts';
import { showVideo } from '../support/house.ts';
import { run } from '../support/program.ts';
import { PersonClient } from '../support/telegram/person-client.ts';

const anyPorts = ['--port', '0', '--aws-port', '0'];
const clockAhead = new URL('../support/clock-ahead.mjs', import.meta.url);
/** Longer than a pause that nobody is told of, in milliseconds. */
const pause = 12_000;

interface Started {
  readonly page: string;
  readonly host: PersonClient;
  kill(signal: NodeJS.Signals): void;
  readonly ended: Promise<unknown>;
}

/** Starts the program with a clock that is as far ahead as the file says. */
async function start(t: TestContext, folder: string, clockFile: string): Promise<Started> {
  const clock = { NODE_OPTIONS: `--import ${clockAhead}`, CLOCK_AHEAD_FILE: clockFile };
  const { child, ended, ready } = run(t, ['--data', folder, ...anyPorts], {
    PARTY_TZ: 'Asia/Tokyo',
    ...clock,
  });
  const { page } = await ready();
  const host = await PersonClient.connect(`${page}/telegram`, 'host');
  t.after(() => host.close().catch(() => {}));
  return { page, host, ended, kill: (signal) => child.kill(signal) };
}

/** Sets the clocks ahead by so many milliseconds, at once: they may be read at any moment. */
async function setAhead(clockFile: string, milliseconds: number): Promise<void> {
  await writeFile(`${clockFile}.new`, String(milliseconds));
  await rename(`${clockFile}.new`, clockFile);
}

/** Waits until the recognition has looked at a frame of the last seconds. */
function watched(page: string): Promise<void> {
  return eventually('the door is watched', async () => {
    const { recognition } = (await (await fetch(`${page}/door/state`)).json()) as { recognition: string };
    return recognition === 'on';
  });
}

/** The seconds that a notice says nobody watched. It must have seconds, in the party's time zone. */
function lengthOf(text = ''): number {
  const [, from, to] = /missed (\d\d:\d\d:\d\d)–(\d\d:\d\d:\d\d)/.exec(text) ?? [];
  const [begin, end] = [from, to].map((time) => Date.parse(`2026-01-01T${time}Z`) / 1000);
  return (end! - begin! + 86_400) % 86_400;
}

test('a host is told from when to when nobody watched: the machine slept, then the program was killed', {
  skip: process.platform === 'win32' && 'needs signals that stop a process',
}, async (t) => {
  const folder = await emptyFolder();
  await putCarols(folder);
  const video = path.join(folder, 'door.mp4');
  const nobody = { width: 320, height: 180, data: new Uint8Array(320 * 180 * 3).fill(90) };
  await makeClip([{ picture: nobody, seconds: 5 }], video, { framesPerSecond: 5, width: 320 });

  const clockFile = path.join(await emptyFolder(), 'ahead');
  await setAhead(clockFile, 0);
  const first = await start(t, folder, clockFile);
  const { startCode } = (await (await fetch(`${first.page}/mode`)).json()) as { startCode: string };
  await first.host.say(first.host.bot, `/start ${startCode}`);
  await showVideo({ pageUrl: first.page }, 'door.mp4', await readFile(video), { loop: true });
  await first.host.say(first.host.bot, '/start_party');
  await first.host.waitForMessage(says(/The party’s on/));
  // What is missed from a party's start on is told in other words: that the door is watched has to be written down.
  const isTold = says(/I’m watching the door/);
  await eventually('the chat says so', async () => (await first.host.messages()).some(isTold));

  const fellAsleep = Date.now();
  first.kill('SIGSTOP');
  await setAhead(clockFile, pause);
  first.kill('SIGCONT');
  const slept = await first.host.waitForMessage(says(/^I’m back! I missed/));
  const length = lengthOf(slept.text);
  assert.ok(length >= 11 && length < 60, slept.text);
  const tokyo = new Intl.DateTimeFormat('en-GB', { timeStyle: 'short', timeZone: 'Asia/Tokyo' });
  const told = /missed (\d\d:\d\d)/.exec(slept.text ?? '')?.[1] ?? '';
  const around = [fellAsleep - 5_000, fellAsleep + 1_000].map((time) => tokyo.format(time));
  assert.ok(around.includes(told), `${told} is not one of ${around}`);

  await watched(first.page);
  first.kill('SIGKILL');
  await first.ended;
  await setAhead(clockFile, 2 * pause);
  const second = await start(t, folder, clockFile);
  t.after(() => dropLock(folder)); // after the one that ends it
  // Killed between Telegram's answer and the mark of it, the house tells of the first one again: that is one notice too.
  const notices = async (): Promise<string[]> => {
    const texts = (await second.host.messages()).map(({ text = '' }) => text);
    return [...new Set(texts.filter((text) => text.startsWith('I’m back! I missed')))];
  };
  await eventually('the second notice', async () => (await notices()).length === 2);
  assert.ok(lengthOf((await notices())[1]) >= 11);
  assert.match((await notices())[1]!, /^I’m back! I missed \S+–\S+: I wasn’t running\./);

  await second.host.say(second.host.bot, '/end_party');
  await second.host.waitForMessage(
    says(/^The party’s over[\s\S]*I couldn’t see the door 2 times, 1 minute in all/),
  );
});

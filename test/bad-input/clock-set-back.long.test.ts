import assert from 'node:assert/strict';
import { readFile, rename, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { type TestContext, test } from 'node:test';
import { hour, minute } from '../../party/clock.ts';
import type { Picture } from '../../vision/face.ts';
import { says } from '../support/bot-house.ts';
import { putCarols } from '../support/carols.ts';
import { makeClip } from '../support/clip.ts';
import { emptyFolder } from '../support/folder.ts';
import { dropLock } from '../support/folder-lock.ts';
import {
  claim,
  endParty,
  invite,
  nextArrival,
  nextSnapshot,
  showVideo,
  startParty,
} from '../support/house.ts';
import { doorPicture, samplePicture } from '../support/pictures.ts';
import { portrait } from '../support/portraits.ts';
import { type Program, run } from '../support/program.ts';
import { swaying } from '../support/swaying.ts';
import { PersonClient } from '../support/telegram/person-client.ts';

const clockAhead = new URL('../support/clock-ahead.mjs', import.meta.url);

test('a clock that is set back, in a party by ten minutes and between two runs by a day, keeps nobody from arriving', async (t) => {
  const folder = await emptyFolder();
  await putCarols(folder);
  const clockFile = path.join(await emptyFolder(), 'ahead');
  const clips = await emptyFolder();
  const clip = async (name: string, picture: Picture): Promise<Buffer> => {
    const file = path.join(clips, name);
    await makeClip(await swaying(picture, 2), file, { framesPerSecond: 3 });
    return readFile(file);
  };
  const [anna, carla] = [
    await clip('anna.mp4', await doorPicture()),
    await clip('carla.mp4', await samplePicture(6)),
  ];

  await setAhead(clockFile, 24 * hour);
  const first = await start(t, folder, clockFile);
  await claim({ pageUrl: first.page }, first.host);
  await invite(first.host, 'Anna', await portrait('anna'));
  await invite(first.host, 'Carla', await portrait('carla'));
  await startParty(first.host);
  await setAhead(clockFile, 24 * hour - 10 * minute);
  await showVideo({ pageUrl: first.page }, 'anna.mp4', anna, { loop: true });
  await arrives(first.host, 'Anna');
  await nextSnapshot(first.host);
  assert.match(await status(first.host), /My computer’s clock was set back by 10 minutes/);

  await first.program.kill();
  await setAhead(clockFile, 0);
  const second = await start(t, folder, clockFile);
  t.after(() => dropLock(folder)); // after the one that ends it
  await showVideo({ pageUrl: second.page }, 'carla.mp4', carla, { loop: true });
  await arrives(second.host, 'Carla');
  assert.match(await status(second.host), /My computer’s clock was set back by 24 hours/);
  assert.match(second.program.output(), /clock was set back since the last run/);

  const recap = await endParty(second.host);
  assert.match(recap, /2 of 2 guests came:\n\d\d:\d\d Anna.*\n\d\d:\d\d Carla/);
});

interface Started {
  readonly program: Program;
  readonly page: string;
  readonly host: PersonClient;
}

/** Starts the program with a clock that is as far ahead as the file says. */
async function start(t: TestContext, folder: string, clockFile: string): Promise<Started> {
  const program = run(t, ['--data', folder, '--port', '0', '--aws-port', '0'], {
    NODE_OPTIONS: `--import ${clockAhead}`,
    CLOCK_AHEAD_FILE: clockFile,
  });
  const { page } = await program.ready();
  const host = await PersonClient.connect(`${page}/telegram`, 'host');
  t.after(() => host.close().catch(() => {}));
  return { program, page, host };
}

/** Sets the clocks ahead by so many milliseconds, at once: they may be read at any moment. */
async function setAhead(clockFile: string, milliseconds: number): Promise<void> {
  await writeFile(`${clockFile}.new`, String(milliseconds));
  await rename(`${clockFile}.new`, clockFile);
}

async function arrives(host: PersonClient, name: string): Promise<void> {
  const { text, caption = text } = await nextArrival(host);
  assert.ok(caption?.startsWith(`${name} is here`), caption);
}

/** What /status says; the camera is not to blame for the clock. */
async function status(host: PersonClient): Promise<string> {
  await host.say(host.bot, '/status');
  const { text = '' } = await host.waitForMessage(says(/^The party’s on, from/));
  assert.doesNotMatch(text, /I can’t see the door/);
  return text;
}

import { existsSync, readdirSync } from 'node:fs';
import path from 'node:path';
import sharp from 'sharp';
import { carols } from '../carols/index.ts';
import { eventually } from '../test/support/eventually.ts';
import { emptyFolder } from '../test/support/folder.ts';
import { claim, endParty, invite, nextArrival, nextSnapshot, startParty } from '../test/support/house.ts';
import { doorPicture, samplePicture } from '../test/support/pictures.ts';
import { portrait } from '../test/support/portraits.ts';
import type { Program } from '../test/support/program.ts';
import { PersonClient } from '../test/support/telegram/person-client.ts';
import { type Figure, median, spreadInSeconds } from './figure.ts';
import { watchMemory } from './memory.ts';
import { npmStart } from './npm-start.ts';
import { Webcam } from './webcam.ts';

const starts = 3;
const arrivalCount = 30;
/** Measures the whole program, run as `npm start` runs it: how soon it is ready, and a party. */
export async function houseBench(): Promise<Figure[]> {
  const folder = await emptyFolder();
  const first = await startTimes((run) => path.join(folder, `first-${run}`));
  const house = path.join(folder, 'house');
  await makeCarols(house);
  const later = await startTimes(() => house);
  return [
    { name: 'ready, first start (median of 3)', value: median(first) / 1000, unit: 's' },
    { name: 'ready, later start (median of 3)', value: median(later) / 1000, unit: 's' },
    ...(await partyFigures(house)),
  ];
}

/** Milliseconds until both addresses are printed, of several starts one after another. */
async function startTimes(folderOf: (run: number) => string): Promise<number[]> {
  const times: number[] = [];
  for (let run = 0; run < starts; run++) {
    const begin = performance.now();
    await withProgram(folderOf(run), async () => {
      times.push(performance.now() - begin);
    });
  }
  return times;
}

/** Lets the program run until its carols are made, so that later starts find them. */
export async function makeCarols(folder: string): Promise<void> {
  const made = path.join(folder, 'carols');
  const isMade = () =>
    existsSync(made) && readdirSync(made).filter((name) => name.endsWith('.mp3')).length === carols.length;
  await withProgram(folder, () => eventually('the carols are made', isMade, 180_000));
}

/** Runs the program on a data folder until something is done. */
export async function withProgram<Result>(
  folder: string,
  work: (page: string, program: Program) => Promise<Result>,
): Promise<Result> {
  const program = npmStart(folder);
  try {
    return await work((await program.ready()).page, program);
  } finally {
    await program.kill();
  }
}

/** Face to message by the stream processor, in milliseconds, of so many arrivals that take two frames. */
export async function arrivalTimes(arrivals: number): Promise<number[]> {
  const folder = await emptyFolder();
  await makeCarols(folder);
  return await withProgram(folder, async (page) => {
    const host = await PersonClient.connect(`${page}/telegram`, 'host');
    const webcam = await Webcam.open(page, await frame('others'));
    try {
      await claim({ pageUrl: page }, host);
      await invite(host, 'Anna', await portrait('anna'));
      return (await measureArrivals(host, webcam, await frame('guest'), arrivals)).message;
    } finally {
      await webcam.close();
      await host.close();
    }
  });
}

function partyFigures(folder: string): Promise<Figure[]> {
  return withProgram(folder, async (page, { child }) => {
    const host = await PersonClient.connect(`${page}/telegram`, 'host');
    const webcam = await Webcam.open(page, await frame('others'));
    try {
      await claim({ pageUrl: page }, host);
      await invite(host, 'Anna', await portrait('anna'));
      const memory = watchMemory(child.pid!);
      const { message, snapshot } = await measureArrivals(host, webcam, await frame('guest'));
      const peak = await memory.stop();
      return [
        ...spreadInSeconds('face to message, two frames needed', message),
        ...spreadInSeconds('message to snapshot', snapshot),
        ...(peak === undefined ? [] : [{ name: 'whole program, peak memory', value: peak, unit: 'MB' }]),
      ];
    } finally {
      await webcam.close();
      await host.close();
    }
  });
}

/** Times in milliseconds: from the first picture of the guest to the message, and from that to the snapshot. */
async function measureArrivals(
  host: PersonClient,
  webcam: Webcam,
  guest: Buffer,
  arrivals = arrivalCount,
): Promise<{ message: number[]; snapshot: number[] }> {
  const others = await frame('others');
  const message: number[] = [];
  const snapshot: number[] = [];
  for (let arrival = 0; arrival < arrivals; arrival++) {
    await webcam.show(others);
    await startParty(host);
    await webcam.watched();
    const visible = await webcam.show(guest);
    await nextArrival(host);
    const told = performance.now();
    await nextSnapshot(host);
    message.push(told - visible);
    snapshot.push(performance.now() - told);
    await endParty(host);
  }
  return { message, snapshot };
}

/** A 720p picture as the page sends it of its webcam: with Anna in it, or with others. */
export async function frame(who: 'guest' | 'others'): Promise<Buffer> {
  const { data, width, height } = await (who === 'guest' ? doorPicture() : samplePicture(6));
  return sharp(data, { raw: { width, height, channels: 3 } })
    .resize(1280, 720, { fit: 'contain' })
    .jpeg({ quality: 85 })
    .toBuffer();
}

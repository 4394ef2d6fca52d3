import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { PersonClient } from '../local/telegram/client.ts';
import { minute, second } from '../party/clock.ts';
import { changed } from '../test/support/changed.ts';
import { makeClip, type Shot } from '../test/support/clip.ts';
import { temporaryFolder } from '../test/support/folder.ts';
import { claim, endParty, invite, nextArrival, startParty } from '../test/support/house.ts';
import { samplePicture } from '../test/support/pictures.ts';
import { portrait } from '../test/support/portraits.ts';
import { processTree } from '../test/support/processes.ts';
import { type LogLine, type ProducerProcess, startProducer } from '../test/support/producer.ts';
import { type Program, startProgram } from '../test/support/program.ts';
import { type RtspServer, startRtspServer, withoutRtspServer } from '../test/support/rtsp-server.ts';
import type { Picture } from '../vision/face.ts';
import { partyCost } from './cost.ts';
import { type Figure, percentile } from './figure.ts';
import { arrivalTimes } from './house.ts';
import { watchMemory } from './memory.ts';
import { recordLatencies } from './record-latency.ts';

const ARRIVALS = 10;
/** So long nobody known is at the door before the guest comes: seconds. */
const BEFORE = 7;

/** Measures the producer as its image runs it, before an RTSP camera and AWS on this machine. */
export async function producerBench(): Promise<Figure[]> {
  if (withoutRtspServer) throw new Error(withoutRtspServer);
  const idle = await atHome([await nobody(1)], async ({ producer }) => {
    await wait(5 * second); // until it has started
    return await coreShare(producer, 30 * second);
  });
  const rates: Figure[] = [];
  for (const width of [1280, 1920]) rates.push(...(await rateFigures(width)));
  const arrivals = await arrivalFigures();
  const video = await arrivalTimes(ARRIVALS);
  return [
    { name: 'idle: share of a core', value: idle * 100, unit: '%' },
    ...rates,
    ...arrivals.figures,
    ...spread('face to message by video', video),
    ...partyCost({ hours: 5, guests: 40, callsPerGuest: arrivals.callsPerGuest, returns: 1, strangers: 20 }),
  ];
}

/** Ten minutes at a door where people come and go: whether anything grows, is lost, or becomes slow. */
export async function soakBench(): Promise<Figure[]> {
  const shots = Array.from({ length: 30 }, (_, i) => (i % 2 === 0 ? nobody(4) : guest(6)));
  return await atHome(await Promise.all(shots), async ({ producer, host, house, aws }) => {
    await startParty(host);
    await wait(minute); // until all is loaded
    const early = await memoryOf(producer, 10 * second);
    await wait(8 * minute);
    const late = await memoryOf(producer, 10 * second);
    const before = producer.log().length;
    await endParty(host);
    const last = await until(producer, before, ({ message }) => message === 'The door is no longer watched');
    return [
      { name: 'soak: memory after a minute', value: early, unit: 'MB' },
      { name: 'soak: memory after nine minutes', value: late, unit: 'MB' },
      { name: 'soak: frames looked at', value: Number(last.frames), unit: '' },
      { name: 'soak: searches', value: Number(last.calls), unit: '' },
      { name: 'soak: records dropped', value: Number(last.dropped), unit: '' },
      ...spread('soak: frame to record', await recordLatencies(aws)),
      { name: 'soak: troubles in the log', value: troubles(producer).length, unit: '' },
      { name: 'soak: house still answers', value: (await fetch(`${house}/healthz`)).ok ? 1 : 0, unit: '' },
    ];
  });
}

interface Home {
  readonly producer: ProducerProcess;
  readonly camera: RtspServer;
  readonly host: PersonClient;
  /** The page's address. */
  readonly house: string;
  /** The address of AWS on this machine. */
  readonly aws: string;
}

/** A house, a camera that shows this, and the producer between them; Anna is invited. */
async function atHome<Result>(
  shots: readonly Shot[],
  work: (home: Home) => Promise<Result>,
  { width = 1280, framesPerSecond = 25 } = {},
): Promise<Result> {
  const { folder, remove } = await temporaryFolder();
  const clip = path.join(folder, 'door.mp4');
  await makeClip(shots, clip, { width, framesPerSecond });
  const camera = await startRtspServer(clip);
  const data = path.join(folder, 'data');
  const program: Program = startProgram(['--port', '0', '--aws-port', '0', '--data', data], {
    RECOGNITION: 'images',
  });
  let producer: ProducerProcess | undefined;
  let host: PersonClient | undefined;
  try {
    const { page, aws } = await program.ready();
    host = await PersonClient.connect(`${page}/telegram`, 'host');
    await claim({ pageUrl: page }, host);
    await invite(host, 'Anna', await portrait('anna'));
    producer = startProducer(['--env-file', path.join(data, 'producer.env')], { CAMERA_URL: camera.address });
    await until(producer, 0, ({ message }) => message === 'The producer runs');
    await wait(3 * second); // until its first pulse is there
    return await work({ producer, camera, host, house: page, aws });
  } finally {
    await host?.close();
    await producer?.kill();
    await program.kill();
    await camera.stop();
    await remove();
  }
}

/** What it holds before a door where somebody always moves. */
async function rateFigures(width: number): Promise<Figure[]> {
  const [near, far] = [await guest(0.2), await guest(0.2, 0.9)];
  const shots = Array.from({ length: 60 }, (_, i) => (i % 2 ? near : far));
  return await atHome(
    shots,
    async ({ producer, host }) => {
      await startParty(host);
      await until(producer, 0, ({ message }) => message === 'The camera sends');
      await wait(10 * second);
      const share = await coreShare(producer, 20 * second);
      const before = producer.log().length;
      await endParty(host);
      const last = await until(
        producer,
        before,
        ({ message }) => message === 'The door is no longer watched',
      );
      const size = `${(width * 9) / 16}p`;
      return [
        { name: `${size}, movement: frames looked at`, value: Number(last.framesPerSecond), unit: '/s' },
        { name: `${size}, movement: share of a core`, value: share * 100, unit: '%' },
      ];
    },
    { width },
  );
}

async function arrivalFigures(): Promise<{ figures: Figure[]; callsPerGuest: number }> {
  return await atHome([await nobody(BEFORE), await guest(30)], async ({ producer, host }) => {
    const times: number[] = [];
    const calls: number[] = [];
    for (let arrival = 0; arrival < ARRIVALS; arrival++) {
      const before = producer.log().length;
      await startParty(host);
      // Each party has the camera's film from its beginning: so it is known when the guest is to be seen.
      const begin = await until(producer, before, ({ message }) => message === 'The camera sends');
      await nextArrival(host);
      times.push(Date.now() - Date.parse(begin.time) - BEFORE * second);
      await endParty(host);
      const last = await until(
        producer,
        before,
        ({ message }) => message === 'The door is no longer watched',
      );
      calls.push(Number(last.calls));
    }
    const callsPerGuest = percentile(calls, 0.5);
    return {
      callsPerGuest,
      figures: [
        { name: 'searches for a guest to arrive, median', value: callsPerGuest, unit: '' },
        ...spread('face to message by images', times),
      ],
    };
  });
}

/** Somebody's photo is in the picture's middle, so large. */
async function guest(seconds: number, share = 1): Promise<Shot> {
  return { picture: await shrunk(await alone(), share), seconds };
}

/** Anna alone, from another photo than she is known by. */
async function alone(): Promise<Picture> {
  const sample = await samplePicture(3);
  return await changed(sample, (image) => image.extract({ left: 980, top: 100, width: 480, height: 560 }));
}

async function shrunk(picture: Picture, share: number): Promise<Picture> {
  return await changed(picture, (image) =>
    image
      .resize(Math.round(480 * share), Math.round(560 * share))
      .extend({ top: 100, bottom: 100, left: 300, right: 300, background: '#404040' }),
  );
}

async function nobody(seconds: number): Promise<Shot> {
  return { picture: { width: 64, height: 36, data: new Uint8Array(64 * 36 * 3).fill(0x40) }, seconds };
}

/** The first line of the log after so many that is such a one. */
async function until(
  producer: ProducerProcess,
  after: number,
  isIt: (line: LogLine) => boolean,
): Promise<LogLine> {
  for (;;) {
    const line = producer.log().slice(after).find(isIt);
    if (line) return line;
    if (producer.child.exitCode !== null) throw new Error(`The producer ended:\n${producer.output()}`);
    await wait(20);
  }
}

/** That the film ends is none. */
const troubles = (producer: ProducerProcess) =>
  producer.log().filter(({ level, failure }) => level !== 'info' && failure !== 'ended');

/** How much of a core the producer and its engine take over some time, 0 to 1 (or more). */
async function coreShare({ child }: ProducerProcess, milliseconds: number): Promise<number> {
  const begin = performance.now();
  const before = await ticks(child.pid!);
  await wait(milliseconds);
  return ((await ticks(child.pid!)) - before) / 100 / ((performance.now() - begin) / second);
}

/** The processor's time that a process and its children have taken: hundredths of a second. */
async function ticks(pid: number): Promise<number> {
  let sum = 0;
  for (const each of await processTree(pid)) {
    const stat = await readFile(`/proc/${each}/stat`, 'utf8').catch(() => '');
    const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
    sum += Number(fields[11] ?? 0) + Number(fields[12] ?? 0);
  }
  return sum;
}

/** The most that the producer and its engine took within some time, in MB. */
async function memoryOf({ child }: ProducerProcess, milliseconds: number): Promise<number> {
  const memory = watchMemory(child.pid!);
  await wait(milliseconds);
  return (await memory.stop()) ?? Number.NaN;
}

function spread(name: string, times: readonly number[]): Figure[] {
  return [
    { name: `${name}, median`, value: percentile(times, 0.5) / second, unit: 's' },
    { name: `${name}, 95th percentile`, value: percentile(times, 0.95) / second, unit: 's' },
  ];
}

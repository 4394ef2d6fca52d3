import path from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { second } from '../party/clock.ts';
import { changed } from '../test/support/changed.ts';
import { makeClip, type Shot } from '../test/support/clip.ts';
import { emptyFolder } from '../test/support/folder.ts';
import { claim, endParty, invite } from '../test/support/house.ts';
import { annaAtTheDoor } from '../test/support/pictures.ts';
import { portrait } from '../test/support/portraits.ts';
import {
  type LogLine,
  type ProducerProcess,
  startProducer,
  uploaderSettings,
} from '../test/support/producer.ts';
import type { Program } from '../test/support/program.ts';
import { type RtspServer, startRtspServer, withoutRtspServer } from '../test/support/rtsp-server.ts';
import { PersonClient } from '../test/support/telegram/person-client.ts';
import type { Picture } from '../vision/face.ts';
import { NotHere } from './not-here.ts';
import { npmStart } from './npm-start.ts';

/** A house whose door is watched by the producer. */
export interface Home {
  readonly producer: ProducerProcess;
  readonly host: PersonClient;
  /** The page's address. */
  readonly house: string;
  /** The address of AWS on this machine. */
  readonly aws: string;
}

/**
 * A house, a camera that shows this, and the producer between them; Anna is invited.
 *
 * @throws NotHere when this machine has no RTSP server
 */
export async function atHome<Result>(
  shots: readonly Shot[],
  work: (home: Home & { readonly camera: RtspServer }) => Promise<Result>,
  { width = 1280, framesPerSecond = 25 } = {},
): Promise<Result> {
  if (withoutRtspServer) throw new NotHere(withoutRtspServer);
  const clip = path.join(await emptyFolder(), 'door.mp4');
  await makeClip(shots, clip, { width, framesPerSecond });
  const camera = await startRtspServer(clip);
  try {
    return await withProducer(camera.address, 'images', (home) => work({ ...home, camera }));
  } finally {
    await camera.stop();
  }
}

/** A house whose door is watched by a producer that recognises so, with this camera; Anna is invited. */
export async function withProducer<Result>(
  camera: string,
  recognition: 'images' | 'video',
  work: (home: Home) => Promise<Result>,
): Promise<Result> {
  const data = path.join(await emptyFolder(), 'data');
  return await withHouse(data, { RECOGNITION: recognition }, async (house) => {
    const producer =
      recognition === 'images'
        ? startProducer(['--env-file', path.join(data, 'producer.env')], { CAMERA_URL: camera })
        : startProducer([], { ...uploaderSettings(house.aws), CAMERA_URL: camera });
    try {
      await until(producer, 0, ({ message }) => message === 'The producer runs');
      await delay(3 * second); // until its first pulse is there
      return await work({ ...house, producer });
    } finally {
      await producer.kill();
    }
  });
}

/** A house with these settings, as `npm start` runs it; Anna is invited. */
export async function withHouse<Result>(
  data: string,
  settings: Record<string, string>,
  work: (house: Omit<Home, 'producer'>) => Promise<Result>,
): Promise<Result> {
  const program: Program = npmStart(data, settings);
  let host: PersonClient | undefined;
  try {
    const { page, aws } = await program.ready();
    host = await PersonClient.connect(`${page}/telegram`, 'host');
    await claim({ pageUrl: page }, host);
    await invite(host, 'Anna', await portrait('anna'));
    return await work({ host, house: page, aws });
  } finally {
    await host?.close();
    await program.kill();
  }
}

/** Ends the party. @returns what the producer says of its watching then */
export async function endWatching({ producer, host }: Pick<Home, 'producer' | 'host'>): Promise<LogLine> {
  const before = producer.log().length;
  await endParty(host);
  return await until(producer, before, ({ message }) => message === 'The door is no longer watched');
}

/** The first line of the log after so many that is such a one. */
export async function until(
  producer: ProducerProcess,
  after: number,
  isIt: (line: LogLine) => boolean,
): Promise<LogLine> {
  for (;;) {
    const line = producer.log().slice(after).find(isIt);
    if (line) return line;
    if (producer.child.exitCode !== null) throw new Error(`The producer ended:\n${producer.output()}`);
    await delay(20);
  }
}

/** Somebody's photo is in the picture's middle, so large. */
export async function guest(seconds: number, share = 1): Promise<Shot> {
  return { picture: await shrunk(await annaAtTheDoor(), share), seconds };
}

async function shrunk(picture: Picture, share: number): Promise<Picture> {
  return await changed(picture, (image) =>
    image
      .resize(Math.round(480 * share), Math.round(560 * share))
      .extend({ top: 100, bottom: 100, left: 300, right: 300, background: '#404040' }),
  );
}

/** An empty door. */
export async function nobody(seconds: number): Promise<Shot> {
  return { picture: { width: 64, height: 36, data: new Uint8Array(64 * 36 * 3).fill(0x40) }, seconds };
}

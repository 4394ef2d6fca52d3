import path from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { minute, second } from '../party/clock.ts';
import { makeClip } from '../test/support/clip.ts';
import { eventually } from '../test/support/eventually.ts';
import { emptyFolder } from '../test/support/folder.ts';
import { endParty, nextArrival, startParty } from '../test/support/house.ts';
import { codedVideo, type OddCamera, sdpOf, startOddCamera } from '../test/support/odd-camera.ts';
import type { PersonClient } from '../test/support/telegram/person-client.ts';
import { guest, nobody, until, withHouse, withProducer } from './at-the-door.ts';
import { coreShare } from './core-share.ts';
import { type Figure, median, spread, spreadInSeconds } from './figure.ts';
import { pictureLatencies } from './picture-latency.ts';

const arrivalCount = 8;
const framesPerSecond = 25;

/**
 * Measures the road by Kinesis Video: the same camera before a house by images, before a producer that uploads its video,
 * and before a house that uploads it to itself; and what the way through the stream adds.
 */
export async function uploadBench(): Promise<Figure[]> {
  const { through, direct } = await pictureLatencies();
  const images = await withDoor(1280, (door) =>
    withProducer(door.address, 'images', ({ host }) => arrivals(door, host)),
  );
  const uploaded = await withDoor(1280, (door) =>
    withProducer(door.address, 'video', ({ host }) => arrivals(door, host)),
  );
  const alone = await withDoor(1280, async (door) =>
    withHouse(path.join(await emptyFolder(), 'data'), { CAMERA_URL: door.address }, ({ host }) =>
      arrivals(door, host),
    ),
  );
  return [
    ...spreadInSeconds('face to message by images', images),
    ...spreadInSeconds('face to message by video, by the producer', uploaded),
    ...spreadInSeconds('face to message by video, by the house itself', alone),
    ...spread('picture sent to picture seen, through the stream', through, 'ms'),
    ...spread('picture sent to picture seen, directly', direct, 'ms'),
    { name: 'added by the stream, median', value: median(through) - median(direct), unit: 'ms' },
    ...(await shareFigures()),
  ];
}

/** What an upload takes of the machine at home: a 1080p video in which somebody moves. */
async function shareFigures(): Promise<Figure[]> {
  return await withDoor(1920, (door) =>
    withProducer(door.address, 'video', async ({ producer, host }) => {
      door.show('both');
      await startParty(host);
      await until(producer, 0, ({ message }) => message === 'The camera sends');
      await delay(minute); // until what it does often is compiled
      const share = await coreShare(producer.child, minute);
      return [
        { name: '1080p upload: video', value: door.megabits, unit: 'Mbit/s' },
        { name: '1080p upload: share of a core', value: share * 100, unit: '%' },
      ];
    }),
  );
}

/** Face to message, milliseconds, of a guest who comes so many times. */
async function arrivals(door: Door, host: PersonClient): Promise<number[]> {
  const times: number[] = [];
  for (let arrival = 0; arrival < arrivalCount; arrival++) {
    await startParty(host);
    await eventually('the door is watched', () => door.isWatched);
    await delay(4 * second); // until it is watched as it will be for hours
    const seen = await door.show('guest');
    await nextArrival(host);
    times.push(Date.now() - seen);
    await door.show('nobody');
    await endParty(host);
  }
  return times;
}

type Shown = 'nobody' | 'guest' | 'both';

/** A camera at a door where somebody comes when it is said. */
interface Door {
  readonly address: string;
  readonly isWatched: boolean;
  /** Megabits a second while it shows both in turn. */
  readonly megabits: number;
  /** Shows this from the next second on. @returns when its first picture was sent, milliseconds since 1970 */
  show(what: Shown): Promise<number>;
}

async function withDoor<Result>(width: number, work: (door: Door) => Promise<Result>): Promise<Result> {
  const clip = path.join(await emptyFolder(), 'door.mp4');
  await makeClip([await nobody(1), await guest(1)], clip, { width, framesPerSecond });
  const video = await codedVideo(clip);
  const shots = {
    nobody: video.pictures.slice(0, framesPerSecond),
    guest: video.pictures.slice(framesPerSecond),
    both: video.pictures,
  };
  let shown: Shown = 'nobody';
  let told: (time: number) => void = () => {};
  let watching = 0;
  const camera: OddCamera = await startOddCamera({
    sdp: sdpOf(video),
    async play(viewer, signal) {
      watching += 1;
      signal.addEventListener('abort', () => {
        watching -= 1;
      });
      const begin = performance.now();
      for (let number = 0; !signal.aborted; ) {
        const pictures = shots[shown];
        told(Date.now());
        for (const { units } of pictures) {
          viewer.sendPicture(units, { time: (number * 90_000) / framesPerSecond });
          number += 1;
          await delay(begin + (number * second) / framesPerSecond - performance.now(), undefined, { signal });
        }
      }
    },
  });
  const bytes = video.pictures.flatMap(({ units }) => units).reduce((sum, { length }) => sum + length, 0);
  try {
    return await work({
      address: camera.address,
      get isWatched() {
        return watching > 0;
      },
      megabits: (bytes * 8 * framesPerSecond) / video.pictures.length / 1_000_000,
      show(what) {
        shown = what;
        return new Promise((resolve) => {
          told = resolve;
        });
      },
    });
  } finally {
    await camera.stop();
  }
}

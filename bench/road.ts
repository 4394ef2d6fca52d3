import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { CreateStreamCommand as CreateDataStreamCommand, KinesisClient } from '@aws-sdk/client-kinesis';
import { CreateStreamCommand, KinesisVideoClient } from '@aws-sdk/client-kinesis-video';
import * as rekognition from '@aws-sdk/client-rekognition';
import { type Camera, createCamera } from '../local/camera/camera.ts';
import { credentials } from '../local/environment.ts';
import { openCamera } from '../producer/camera/camera.ts';
import { makeClip } from '../test/support/clip.ts';
import { eventually } from '../test/support/eventually.ts';
import { emptyFolder } from '../test/support/folder.ts';
import { openAws } from '../test/support/whole-aws.ts';
import { encodeJpeg } from '../vision/picture.ts';
import { startRecognizer } from '../vision/recognizer.ts';
import { frameWith } from './faces-frame.ts';
import type { Figure } from './figure.ts';

/** Frames a second of the video, as most door cameras have: more than that, none can be asked for. */
const videoRate = 30;

/** How long each rate is tried, after its first record: milliseconds. */
const span = 6_000;

/** A rate is held when so many of its frames are looked at: the share. */
const heldShare = 0.95;

/**
 * How many frames a second the road on this machine holds: a 720p video is decoded, each frame kept as a JPEG and
 * looked at by the stream processor, and its record put on the data stream. The product asks for five.
 */
export async function roadBench(): Promise<Figure[]> {
  const figures: Figure[] = [];
  for (const [faces, words] of [
    [1, 'one face'],
    [5, 'five faces'],
  ] as const) {
    const road = await openRoad(faces);
    try {
      const name = `camera to stream processor at 720p, ${words}`;
      figures.push({ name: `${name}: held`, value: await mostHeld(road), unit: 'frames/s' });
      figures.push({
        name: `${name}: of ${videoRate}`,
        value: await road.looksAt(videoRate),
        unit: 'frames/s',
      });
    } finally {
      await road.close();
    }
  }
  return figures;
}

interface Road {
  /** Plays the video at a rate. @returns how many frames were looked at, a second */
  looksAt(framesPerSecond: number): Promise<number>;
  close(): Promise<void>;
}

/** The highest whole rate that is held, by halving. */
async function mostHeld(road: Road): Promise<number> {
  let [held, missed] = [0, videoRate + 1];
  while (missed - held > 1) {
    const rate = Math.floor((held + missed) / 2);
    if ((await road.looksAt(rate)) >= heldShare * rate) held = rate;
    else missed = rate;
  }
  return held;
}

/** The camera with its video, AWS on this machine, and a running stream processor; the face is in the collection. */
async function openRoad(faces: number): Promise<Road> {
  const folder = await emptyFolder();
  const recognizer = await startRecognizer();
  let rate = videoRate;
  const camera = createCamera({
    folder,
    open: (address, options) => openCamera(address, { ...options, framesPerSecond: rate }),
  });
  const aws = await openAws({ folder, recognizer, media: () => camera });
  await startProcessor(aws.url, await encodeJpeg(await frameWith(1)));
  let records = 0;
  (await aws.dataStreams.ensure('sightings')).onRecord(() => {
    records += 1;
  });
  await show(camera, path.join(folder, 'door.mp4'), faces);
  return {
    async looksAt(framesPerSecond) {
      rate = framesPerSecond;
      await camera.choose('file', { loop: true });
      const before = records;
      await eventually('the first frame is looked at', () => records > before);
      const [first, start] = [records, performance.now()];
      await delay(span);
      return ((records - first) / (performance.now() - start)) * 1000;
    },
    async close() {
      await camera.close();
      await aws.close();
      await recognizer.close();
    },
  };
}

async function startProcessor(endpoint: string, face: Uint8Array): Promise<void> {
  const options = { endpoint, region: 'us-east-1', credentials };
  const client = new rekognition.RekognitionClient(options);
  await client.send(new rekognition.CreateCollectionCommand({ CollectionId: 'guests' }));
  await client.send(
    new rekognition.IndexFacesCommand({
      CollectionId: 'guests',
      Image: { Bytes: face },
      ExternalImageId: 'guest',
    }),
  );
  await new KinesisClient(options).send(
    new CreateDataStreamCommand({ StreamName: 'sightings', ShardCount: 1 }),
  );
  const { StreamARN } = await new KinesisVideoClient(options).send(
    new CreateStreamCommand({ StreamName: 'door' }),
  );
  await client.send(
    new rekognition.CreateStreamProcessorCommand({
      Name: 'door',
      Input: { KinesisVideoStream: { Arn: StreamARN! } },
      Output: { KinesisDataStream: { Arn: 'arn:aws:kinesis:us-east-1:000000000000:stream/sightings' } },
      Settings: { FaceSearch: { CollectionId: 'guests' } },
      RoleArn: 'arn:aws:iam::000000000000:role/door',
    }),
  );
  await client.send(new rekognition.StartStreamProcessorCommand({ Name: 'door' }));
}

async function show(camera: Camera, clip: string, faces: number): Promise<void> {
  await makeClip([{ picture: await frameWith(faces), seconds: 10 }], clip, { framesPerSecond: videoRate });
  const video = await readFile(clip);
  await camera.playFile(
    'door.mp4',
    (async function* () {
      yield video;
    })(),
    true,
  );
}

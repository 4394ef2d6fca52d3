import type { TestContext } from 'node:test';
import { CreateCollectionCommand, IndexFacesCommand, RekognitionClient } from '@aws-sdk/client-rekognition';
import { provision } from '../../local/deployment/provision.ts';
import { names, pointAtThisMachine } from '../../local/environment.ts';
import type { Log } from '../../party/log.ts';
import { type Pulse, Pulses } from '../../party/recognition/pulse.ts';
import { Wishes } from '../../party/recognition/wish.ts';
import { type FaceSearchRecord, parseRecord } from '../../party/record/record.ts';
import { type Aws, connectAws } from '../../producer/aws/aws.ts';
import { AwsClock } from '../../producer/aws/aws-clock.ts';
import { watchDoor } from '../../producer/door/watching.ts';
import { Producer, type WatchReport } from '../../producer/producer.ts';
import { type FaultyAws, startFaultyAws } from './faulty-aws.ts';
import { keptLog } from './log.ts';
import { portrait } from './portraits.ts';
import { sharedRecognizer } from './recognizer.ts';
import { openAws } from './whole-aws.ts';

/** A producer in this process, with AWS on this machine behind a line that can fail. */
export interface ProducerWorld {
  readonly line: FaultyAws;
  readonly aws: Aws;
  readonly clock: AwsClock;
  readonly log: Log & { readonly lines: string[] };
  /** What is on the data stream. */
  readonly records: FaceSearchRecord[];
  /** The FaceId of Anna, who is in the collection. */
  readonly anna: string;
  /** What it said of itself last; undefined while it only waits. */
  report(): WatchReport | undefined;
  pulse(): Promise<Pulse | undefined>;
  wish(on: boolean): Promise<void>;
  /** Ends the producer in order. */
  stop(): Promise<void>;
}

/** The world that is being opened: what SDK clients find in the environment is of one world at a time. */
let opening: Promise<unknown> = Promise.resolve();

/**
 * Opens it, watching this camera once it is wished; it ends with the test. Worlds may be open side by side.
 */
export async function openProducerWorld(t: TestContext, camera: string): Promise<ProducerWorld> {
  // Closed in the opposite order: what calls, before what it calls.
  const closers: Array<() => Promise<unknown>> = [];
  t.after(async () => {
    for (const close of closers.reverse()) await close();
  });
  const recognizer = await sharedRecognizer();
  const local = await openAws({ recognizer });
  closers.push(() => local.close());
  const line = await startFaultyAws(local.url);
  closers.push(() => line.close());
  // Not over the line: it speaks HTTP/1.1, as the producer does and other clients of Kinesis do not.
  const furnished = opening.then(() => furnish(local.url));
  opening = furnished.catch(() => {});
  const anna = await furnished;
  const records: FaceSearchRecord[] = [];
  const stream = await local.dataStreams.ensure(names.dataStream);
  stream.onRecord(({ data }) => records.push(parseRecord(data)));

  const log = keptLog();
  const clock = new AwsClock();
  const settings = {
    region: names.region,
    table: names.table,
    bucket: names.bucket,
    collection: names.collection,
    dataStream: names.dataStream,
    camera,
    mostSearches: 1000,
    healthFile: undefined,
  };
  const aws = connectAws(settings, clock, { endpoint: line.url });
  const wishes = new Wishes(aws.table, Date.now);
  const pulses = new Pulses(aws.table);
  let report: WatchReport | undefined;
  const parts = {
    settings,
    aws,
    clock,
    log,
    cameraPauses: { first: 100, longest: 500, refused: [500] },
    startRecognizer: sharedRecognizer,
  };
  const producer = new Producer({
    wishes,
    pulses,
    clock,
    watch: async (onChange, wished) => watchDoor(parts, onChange, wished),
    onBeat: (said) => {
      report = said;
    },
    version: 'test',
    log,
    readEvery: 300,
  });
  const ending = new AbortController();
  const running = producer.run(ending.signal);
  const stop = async () => {
    ending.abort();
    await running;
  };
  closers.push(async () => {
    line.mend();
    await stop();
    aws.close();
  });
  return {
    line,
    aws,
    clock,
    log,
    records,
    anna,
    report: () => report,
    pulse: () => pulses.read(),
    wish: async (on) => {
      await wishes.write(on);
    },
    stop,
  };
}

/** What a deployment makes, and Anna in the collection. @returns her FaceId */
async function furnish(url: string): Promise<string> {
  pointAtThisMachine(url, undefined, 'images');
  await provision('123456:token');
  const client = new RekognitionClient();
  const CollectionId = names.collection;
  await client.send(new CreateCollectionCommand({ CollectionId }));
  const { FaceRecords } = await client.send(
    new IndexFacesCommand({
      CollectionId,
      Image: { Bytes: await portrait('anna') },
      ExternalImageId: 'photo-1',
    }),
  );
  client.destroy();
  return FaceRecords![0]!.Face!.FaceId!;
}

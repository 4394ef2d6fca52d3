import { randomUUID } from 'node:crypto';
import { setTimeout as delay } from 'node:timers/promises';
import { type KinesisClient, PutRecordCommand } from '@aws-sdk/client-kinesis';
import type { Claim } from '../../party/outbox/claim.ts';
import type { Party } from '../../party/parties/party.ts';
import type { FaceSearchRecordJson } from '../../party/record/record.ts';
import type { Table } from '../../party/stores/table.ts';
import { CommandError } from '../errors.ts';
import { checkText as text } from './check.text.ts';
import { type Waiting, waitFor } from './wait.ts';

/** Who is to arrive, by a face of the collection, and where. */
export interface Arriving {
  readonly party: Party;
  readonly guestId: string;
  readonly faceId: string;
  /** The data stream's name. */
  readonly stream: string;
}

/** Two sightings make an arrival; so far apart, in milliseconds. */
const between = 700;

/**
 * Has a guest arrive with no camera: what both recognitions write is written onto the stream by hand, for two frames.
 *
 * @throws CommandError when nobody is told
 */
export async function arriveByRecord(
  kinesis: KinesisClient,
  table: Table,
  { party, guestId, faceId, stream }: Arriving,
  waiting: Waiting,
  say: (line: string) => void,
): Promise<void> {
  for (let frame = 0; frame < 2; frame++) {
    if (frame > 0) await delay(between);
    const Data = Buffer.from(JSON.stringify(recordOf(faceId, Date.now(), frame)));
    await kinesis.send(new PutRecordCommand({ StreamName: stream, PartitionKey: randomUUID(), Data }));
  }
  const sent = Date.now();
  const key = { pk: `PARTY#${party.id}`, sk: `guest#${guestId}` };
  const told = await waitFor(async () => {
    const { claim } = (await table.get<Claim>(key)) ?? {};
    return claim === 'done' || undefined;
  }, waiting);
  if (!told) throw new CommandError(text.notArrived);
  say(text.arrived((Date.now() - sent) / 1000));
}

/**
 * A face-search record of a frame with one face in it, which moves: one that is there from the beginning and does not is
 * taken for a picture.
 *
 * @param time of the frame, milliseconds since 1970
 */
const recordOf = (faceId: string, time: number, frame: number): FaceSearchRecordJson => ({
  InputInformation: {
    KinesisVideo: {
      StreamArn: 'arn:aws:kinesisvideo:us-east-1:000000000000:stream/check/1',
      FragmentNumber: String(time),
      ProducerTimestamp: time / 1000,
      ServerTimestamp: time / 1000,
      FrameOffsetInSeconds: 0,
    },
  },
  StreamProcessorInformation: { Status: 'RUNNING' },
  FaceSearchResponse: [
    {
      DetectedFace: {
        BoundingBox: { Width: 0.2, Height: 0.3, Left: 0.3 + 0.1 * frame, Top: 0.3 },
        Confidence: 99.9,
        Pose: { Pitch: 0, Roll: 0, Yaw: 0 },
        Quality: { Brightness: 70, Sharpness: 80 },
      },
      MatchedFaces: [{ Similarity: 99, Face: { FaceId: faceId } }],
    },
  ],
});

import type { RekognitionClient } from '@aws-sdk/client-rekognition';
import { GuestNames } from '../../party/arrivals/guest-name.ts';
import { sightings } from '../../party/arrivals/sightings.ts';
import { FaceOwners } from '../../party/guests/face-owners.ts';
import { loggable } from '../../party/loggable.ts';
import { Recent } from '../../party/recent.ts';
import { frameTime } from '../../party/record/frame-time.ts';
import { type DetectedFaceJson, type FaceSearchRecordJson, parseRecord } from '../../party/record/record.ts';
import type { Services } from '../../party/services.ts';
import { type Unusable, unusable } from '../../vision/usable.ts';
import type { DataStream } from '../aws/kinesis/data-stream.ts';
import type { Camera } from '../camera/camera.ts';
import type { CameraPicture } from '../camera/retained.ts';
import type { SeenFace, SeenFrame } from './door-frame.ts';
import { lookAt } from './idle-look.ts';

/** Where the page learns what the recognition saw. */
export interface SeenFrames {
  /** Calls the listener for each frame that was looked at. @returns how to stop it */
  watch(listener: (seen: SeenFrame) => void): () => void;
  /** Looks at a picture by itself, while no party is on; without it, such pictures are shown as they are. */
  look?(picture: CameraPicture): Promise<SeenFrame>;
  /** Whether a party is on; without it, one is on as long as frames are looked at. */
  isPartyOn?(): Promise<boolean>;
}

/** The same, with an end: from then on nothing is looked at, and what is being looked at comes to its end. */
export interface OpenSeenFrames extends Required<SeenFrames> {
  close(): Promise<void>;
}

/** Whether the door is looked at often enough is asked so seldom, in milliseconds. */
const slownessKept = 2_000;

/** What a host is told of a face that does not count. */
const words: Readonly<Record<Unusable, string>> = {
  SMALL_BOUNDING_BOX: 'too small: come closer',
  EXTREME_POSE: 'turned away',
  LOW_BRIGHTNESS: 'too dark',
  LOW_SHARPNESS: 'blurred',
  LOW_CONFIDENCE: 'hardly a face',
};

/**
 * What the page draws over the camera's picture: each record on the data stream as it is written, with the
 * names that the rules of an arrival would give. It reads the same stream as the match Lambda and changes nothing.
 */
export function seenFrames(
  stream: DataStream,
  camera: Pick<Camera, 'state'>,
  services: Pick<Services, 'people' | 'guests' | 'parties' | 'rules' | 'log' | 'now' | 'config'>,
  rekognition: RekognitionClient,
): OpenSeenFrames {
  let closed = false;
  let last: Promise<unknown> = Promise.resolve();
  const slowness = new Recent<boolean>(services.now);
  const isTooSlow = async (): Promise<boolean> => {
    const recent = slowness.get('now');
    if (recent) return recent.answer;
    const slow = (await services.parties.on())?.slow;
    const answer = slow !== undefined && slow.until === undefined;
    slowness.keep('now', answer, slownessKept);
    return answer;
  };
  const known = {
    isTooSlow,
    owners: new FaceOwners(services.people, services.guests, services.now),
    names: new GuestNames(services.guests, services.now),
    rules: services.rules,
  };
  return {
    watch: (listener) =>
      stream.onRecord(({ data }) => {
        seenFrame(data, camera, known).then(listener, (error) => {
          services.log.warn('A record could not be shown', loggable(error));
        });
      }),
    isPartyOn: async () => !closed && (await services.parties.on()) !== undefined,
    look(picture) {
      if (closed) return Promise.reject(new Error('Nothing is looked at any more.'));
      const look = lookAtPicture(picture);
      last = look.catch(() => {});
      return look;
    },
    async close() {
      closed = true;
      await last;
    },
  };

  async function lookAtPicture(picture: CameraPicture): Promise<SeenFrame> {
    const isUsable = (face: DetectedFaceJson): boolean => reasonOf(face, picture) === undefined;
    const { COLLECTION_ID } = services.config;
    const record = await lookAt(picture, rekognition, COLLECTION_ID, isUsable);
    return await seenFrame(Buffer.from(JSON.stringify(record)), camera, known);
  }
}

async function seenFrame(
  data: Uint8Array,
  camera: Pick<Camera, 'state'>,
  {
    owners,
    names,
    rules,
    isTooSlow,
  }: {
    readonly owners: FaceOwners;
    readonly names: GuestNames;
    readonly rules: Services['rules'];
    readonly isTooSlow: () => Promise<boolean>;
  },
): Promise<SeenFrame> {
  const record = parseRecord(data);
  const { time } = frameTime(record);
  const json: FaceSearchRecordJson = JSON.parse(Buffer.from(data).toString());
  const ownersOfFaces = await owners.of(record.faces.flatMap(({ matches }) => matches));
  const seen = sightings(record, time, ownersOfFaces, rules);
  const faces = record.faces.map(async ({ box }, index): Promise<SeenFace> => {
    const sighting = seen.find((candidate) => candidate.box === box);
    if (sighting) {
      const { kind, id } = sighting.person;
      const name = kind === 'guest' ? await names.of(id) : undefined;
      return { box, similarity: sighting.similarity, ...(name && { name }) };
    }
    const reason = reasonOf(json.FaceSearchResponse[index]!.DetectedFace, camera.state);
    return { box, ...(reason && { unusable: words[reason] }) };
  });
  const [slow, ...shown] = await Promise.all([isTooSlow(), ...faces]);
  return { time, faces: shown, ...(slow && { isTooSlow: true }) };
}

function reasonOf(
  { BoundingBox, Confidence = 100, Pose, Quality }: DetectedFaceJson,
  frame: { readonly width: number; readonly height: number },
): Unusable | undefined {
  if (!Pose || !Quality) return undefined;
  return unusable(
    {
      box: {
        left: BoundingBox.Left * frame.width,
        top: BoundingBox.Top * frame.height,
        width: BoundingBox.Width * frame.width,
        height: BoundingBox.Height * frame.height,
      },
      confidence: Confidence / 100,
      pose: { pitch: Pose.Pitch, roll: Pose.Roll, yaw: Pose.Yaw },
      quality: { brightness: Quality.Brightness, sharpness: Quality.Sharpness },
    },
    'live',
  );
}

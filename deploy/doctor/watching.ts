import type { RekognitionClient } from '@aws-sdk/client-rekognition';
import { Parties } from '../../party/parties/parties.ts';
import { Pulses } from '../../party/recognition/pulse.ts';
import { Wishes } from '../../party/recognition/wish.ts';
import type { Table } from '../../party/stores/table.ts';
import type { Check } from './finding.ts';
import { checkCameraByPulse, checkCameraByVideo, checkProducer, checkProducerClock } from './home.ts';
import { lastPictureOf } from './last-picture.ts';
import type { Unseen } from './page-camera.ts';
import { checkStreamProcessor, checkUpload, checkWish } from './recognition.ts';

/** What watches the door, and what is known of it. */
export interface Watching {
  readonly recognition: 'images' | 'video';
  /** The stream processor bears its name. */
  readonly videoStream: string;
  readonly table: Table;
  readonly rekognition: RekognitionClient;
  readonly region: string;
  /** This program's: the producer's should be the same. */
  readonly version: string;
  /** Whether the video of a house by video comes from outside, by a producer or another program. */
  readonly producer: boolean;
  /** Why the camera of a house on one machine gives no picture; not asked elsewhere. */
  readonly unseen?: () => Promise<Unseen | undefined>;
}

/** The recognition, from the camera on. */
export function recognitionChecks(watching: Watching): Check[] {
  const { recognition, videoStream, table, rekognition, region, version, producer, unseen } = watching;
  const parties = new Parties(table, Date.now);
  const pulses = new Pulses(table);
  const wishes = new Wishes(table, Date.now);
  if (recognition === 'images') {
    return [
      checkProducer(pulses, version),
      checkProducerClock(pulses),
      checkCameraByPulse(pulses),
      checkWish(wishes, pulses, parties),
    ];
  }
  let taken: ReturnType<typeof lastPictureOf> | undefined;
  const lastPicture = () => {
    taken ??= lastPictureOf(videoStream);
    return taken;
  };
  return [
    ...(producer ? [checkProducer(pulses, version, { lastPicture }), checkProducerClock(pulses)] : []),
    checkCameraByVideo(lastPicture, parties, unseen),
    checkUpload(wishes, pulses, parties),
    checkStreamProcessor(rekognition, videoStream, parties, region),
  ];
}

import type { IStream } from 'aws-cdk-lib/aws-kinesis';
import type { PartyBucket } from './bucket.ts';
import type { FaceCollection } from './collection.ts';
import type { PartyTable } from './table.ts';
import type { ArrivalsTopic } from './topics.ts';
import type { VideoRecognition } from './video-recognition.ts';

/** What the Lambdas and the producer work with. */
export interface House {
  readonly table: PartyTable;
  readonly bucket: PartyBucket;
  readonly collection: FaceCollection;
  readonly arrivals: ArrivalsTopic;
  /** Arrivals are posted to an address, with a photo of the guest. */
  readonly postsArrivals: boolean;
  /** Not there while the house is asleep. */
  readonly dataStream?: IStream;
  /** Only where a stream processor recognises, and not while the house is asleep. */
  readonly video?: VideoRecognition;
}

/** How the house recognises now. */
export function recognitionOf({ dataStream, video }: House): 'video' | 'images' | 'asleep' {
  if (!dataStream) return 'asleep';
  return video ? 'video' : 'images';
}

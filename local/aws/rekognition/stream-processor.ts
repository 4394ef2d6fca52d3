import type { StreamProcessorStatus } from '@aws-sdk/client-rekognition';

/** A face-search stream processor as it lies on disk. */
export interface StreamProcessor {
  readonly name: string;
  readonly arn: string;
  /** Milliseconds since 1970. */
  readonly created: number;
  readonly roleArn: string;
  readonly videoStreamArn: string;
  readonly dataStreamArn: string;
  readonly collectionId: string;
  /** 80 to 100. */
  readonly threshold: number;
  /** Whether its owner lets AWS train on what it sees; undefined when nothing was said. */
  readonly dataSharing?: boolean | undefined;
  readonly status: StreamProcessorStatus;
  /** Why it is FAILED. */
  readonly statusMessage?: string;
  /** Milliseconds since 1970. */
  readonly updated: number;
}

/** What a processor needs is not there: it goes to FAILED with this message. */
export class ProcessorFailure extends Error {
  override readonly name = 'ProcessorFailure';
}

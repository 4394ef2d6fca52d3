import type { FaceDetail, FaceMatch } from '@aws-sdk/client-rekognition';

/** One face of a frame, and who in the collection looks like it, most similar first. */
export interface SearchedFace {
  readonly DetectedFace: FaceDetail;
  readonly MatchedFaces: readonly FaceMatch[];
}

/**
 * The JSON that a face-search stream processor writes to its data stream, one record a frame ("Reference: Kinesis
 * face recognition record", Rekognition developer guide). Times are in seconds since 1970.
 */
export interface FaceSearchRecord {
  readonly InputInformation: {
    readonly KinesisVideo: {
      readonly StreamArn: string;
      readonly FragmentNumber: string;
      readonly ServerTimestamp: number;
      readonly ProducerTimestamp: number;
      readonly FrameOffsetInSeconds: number;
    };
  };
  readonly StreamProcessorInformation: { readonly Status: 'RUNNING' };
  readonly FaceSearchResponse: readonly SearchedFace[];
}

/**
 * The record of one frame.
 *
 * @param time when the frame was seen, milliseconds since 1970
 * @param received when it came here, milliseconds since 1970
 */
export function faceSearchRecord(
  streamArn: string,
  time: number,
  received: number,
  faces: readonly SearchedFace[],
): FaceSearchRecord {
  return {
    InputInformation: {
      KinesisVideo: {
        StreamArn: streamArn,
        FragmentNumber: fragmentNumber(time),
        ServerTimestamp: seconds(received),
        ProducerTimestamp: seconds(time),
        // Every frame is a fragment of its own.
        FrameOffsetInSeconds: 0,
      },
    },
    StreamProcessorInformation: { Status: 'RUNNING' },
    FaceSearchResponse: faces,
  };
}

const seconds = (milliseconds: number) => Math.round(milliseconds) / 1000;

let lastFragment = 0n;

/**
 * A number of 47 digits, as Kinesis Video's are, that grows with the frames' times and is never given
 * twice in this process; two processes differ by their ids.
 */
function fragmentNumber(time: number): string {
  const counted = BigInt(Math.round(time)) * 1_000n;
  lastFragment = counted > lastFragment ? counted : lastFragment + 1n;
  return `9134385233${lastFragment.toString().padStart(20, '0')}${String(process.pid).padStart(17, '0')}`;
}

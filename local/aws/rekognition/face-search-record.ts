import type { FaceDetail, FaceMatch } from '@aws-sdk/client-rekognition';
import { fragmentNumber } from '../kinesis-video/fragment-numbers.ts';
import type { FragmentOfFrame } from '../media.ts';

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
 * @param fragment that it is in
 */
export function faceSearchRecord(
  streamArn: string,
  time: number,
  fragment: FragmentOfFrame,
  faces: readonly SearchedFace[],
): FaceSearchRecord {
  return {
    InputInformation: {
      KinesisVideo: {
        StreamArn: streamArn,
        FragmentNumber: fragment.number,
        ServerTimestamp: seconds(fragment.serverTime),
        ProducerTimestamp: seconds(fragment.producerTime),
        FrameOffsetInSeconds: seconds(time - fragment.producerTime),
      },
    },
    StreamProcessorInformation: { Status: 'RUNNING' },
    FaceSearchResponse: faces,
  };
}

/**
 * The fragment of a frame that comes from a camera here: each is one of its own.
 *
 * @param time when the frame was seen, and `received` when it came here: milliseconds since 1970
 */
export const fragmentOfOwn = (time: number, received: number): FragmentOfFrame => ({
  number: fragmentNumber(time),
  producerTime: time,
  serverTime: received,
});

const seconds = (milliseconds: number) => Math.round(milliseconds) / 1000;

import type { FaceSearchRecordJson, MatchedFaceJson } from '../../party/record/record.ts';

/** A match of an indexed face, on the wire. */
export const match = (faceId: string, similarity: number, externalImageId?: string): MatchedFaceJson => ({
  Similarity: similarity,
  Face: { FaceId: faceId, ...(externalImageId && { ExternalImageId: externalImageId }) },
});

/** A face in a frame, on the wire. */
export interface FaceInFrame {
  readonly matches?: readonly MatchedFaceJson[];
  readonly left?: number;
  readonly yaw?: number;
  readonly pitch?: number;
}

/**
 * A face-search record, on the wire.
 *
 * @param time when the frame was seen, milliseconds since 1970
 * @param skew how far the producer's clock runs ahead of the service's, milliseconds
 */
export function recordOf(
  time: number,
  faces: readonly FaceInFrame[],
  { skew = 0, offset = 0 } = {},
): FaceSearchRecordJson {
  return {
    InputInformation: {
      KinesisVideo: {
        StreamArn: 'arn:aws:kinesisvideo:us-east-1:111122223333:stream/door/1700000000000',
        FragmentNumber: `9134385233318${time}0000000000000000000000000000`,
        ProducerTimestamp: (time - offset) / 1000,
        ServerTimestamp: (time - offset - skew) / 1000,
        FrameOffsetInSeconds: offset / 1000,
      },
    },
    StreamProcessorInformation: { Status: 'RUNNING' },
    FaceSearchResponse: faces.map(({ matches = [], left = 0.4, yaw = 0, pitch = 0 }) => ({
      DetectedFace: {
        BoundingBox: { Width: 0.1, Height: 0.2, Left: left, Top: 0.3 },
        Confidence: 99.9,
        Pose: { Pitch: pitch, Roll: 0, Yaw: yaw },
        Quality: { Brightness: 70, Sharpness: 80 },
      },
      MatchedFaces: [...matches],
    })),
  };
}

/** The bytes of a record as they stand on the data stream. */
export const bytesOf = (record: unknown): Uint8Array => new TextEncoder().encode(JSON.stringify(record));

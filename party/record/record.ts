import * as z from 'zod';
import { BrokenRecordError } from '../errors.ts';

/**
 * The face-search record: what a Rekognition stream processor writes to its Kinesis data stream, one JSON
 * document for each frame it looked at. Source: Rekognition Developer Guide, "Reading streaming video analysis
 * results"; where real captures differ from the page (no `ExternalImageId`, no match, no face, numbers in
 * exponent form), the captures are followed.
 *
 * Only what the product reads is demanded. Members that AWS may add are let through unread.
 */
/** A ratio of the frame: a face at its edge may reach a little beyond. */
const ratio = z.number().min(-10).max(10);

/** Seconds since 1970, up to the year 9999: a time that a calendar has. */
const timestamp = z.number().positive().max(253_402_300_799);

const boundingBox = z.object({ Width: ratio, Height: ratio, Left: ratio, Top: ratio });

const matchedFace = z.object({
  Similarity: z.number().min(0).max(100),
  Face: z.object({
    /** A UUID; whatever else it may be, it must do as a key. */
    FaceId: z.string().regex(/^[\x20-\x7e]{1,255}$/),
    ImageId: z.string().optional(),
    Confidence: z.number().optional(),
    /** Where the face is in the indexed photo, not in the frame. */
    BoundingBox: boundingBox.optional(),
    /** Absent when the face was indexed without one. Rekognition API reference, IndexFaces: pattern and length. */
    ExternalImageId: z
      .string()
      .regex(/^[a-zA-Z0-9_.\-:]{1,255}$/)
      .optional(),
  }),
});

const detectedFace = z.object({
  BoundingBox: boundingBox,
  Confidence: z.number().optional(),
  Landmarks: z.array(z.object({ Type: z.string(), X: z.number(), Y: z.number() })).optional(),
  Pose: z.object({ Pitch: z.number(), Roll: z.number(), Yaw: z.number() }).optional(),
  Quality: z.object({ Brightness: z.number(), Sharpness: z.number() }).optional(),
});

const faceSearchRecord = z.object({
  InputInformation: z.object({
    KinesisVideo: z.object({
      StreamArn: z.string(),
      /** About 47 digits: a string, for it is larger than any exact number. */
      FragmentNumber: z.string(),
      /** Seconds since 1970 by the producer's clock, at the start of the fragment. */
      ProducerTimestamp: timestamp,
      /** Seconds since 1970 by the service's clock, when it received the fragment. */
      ServerTimestamp: timestamp,
      /** A fragment lasts 20 s at most (Kinesis Video Streams quotas); an hour is no fragment. */
      FrameOffsetInSeconds: z.number().min(0).max(3600),
    }),
  }),
  StreamProcessorInformation: z.object({ Status: z.string() }).optional(),
  FaceSearchResponse: z.array(
    z.object({ DetectedFace: detectedFace, MatchedFaces: z.array(matchedFace).default([]) }),
  ),
});

/** A face-search record as it is on the wire, for those that write one. */
export type FaceSearchRecordJson = z.input<typeof faceSearchRecord>;
/** A match as it is on the wire. */
export type MatchedFaceJson = z.input<typeof matchedFace>;
/** A detected face as it is on the wire. */
export type DetectedFaceJson = z.input<typeof detectedFace>;

/** A rectangle as ratios of the frame's width and height. */
export interface RatioBox {
  readonly left: number;
  readonly top: number;
  readonly width: number;
  readonly height: number;
}

/** An indexed face that a face in the frame looks like. */
export interface FaceMatch {
  readonly faceId: string;
  readonly externalImageId?: string;
  /** 0 to 100. */
  readonly similarity: number;
}

/** A face in the frame. */
export interface RecordFace {
  readonly box: RatioBox;
  /** Degrees; absent when the recognition did not say. */
  readonly pose?: { readonly pitch: number; readonly yaw: number };
  /** On Rekognition's scale of 0 to 100; absent when the recognition did not say. */
  readonly sharpness?: number;
  readonly matches: readonly FaceMatch[];
}

/** A face-search record, parsed. All times are milliseconds since 1970. */
export interface FaceSearchRecord {
  readonly fragmentNumber: string;
  /** The start of the fragment by the producer's clock. */
  readonly producerTime: number;
  /** When the service received the fragment. */
  readonly serverTime: number;
  /** From the start of the fragment to the frame, in milliseconds. */
  readonly frameOffset: number;
  readonly faces: readonly RecordFace[];
}

const milliseconds = (seconds: number): number => Math.round(seconds * 1000);

/** Finer than any pixel; and no number so small that DynamoDB would refuse it. */
const millionths = (value: number): number => Math.round(value * 1e6) / 1e6;

/**
 * Reads one record as it came from the data stream.
 *
 * @param data the record's bytes: UTF-8 JSON
 * @throws BrokenRecordError with the reason, when it is no face-search record
 */
export function parseRecord(data: Uint8Array): FaceSearchRecord {
  let json: unknown;
  try {
    json = JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(data));
  } catch (cause) {
    throw new BrokenRecordError('it is not JSON', { cause });
  }
  const result = faceSearchRecord.safeParse(json);
  if (!result.success) throw new BrokenRecordError(z.prettifyError(result.error), { cause: result.error });
  const { KinesisVideo } = result.data.InputInformation;
  return {
    fragmentNumber: KinesisVideo.FragmentNumber,
    producerTime: milliseconds(KinesisVideo.ProducerTimestamp),
    serverTime: milliseconds(KinesisVideo.ServerTimestamp),
    frameOffset: milliseconds(KinesisVideo.FrameOffsetInSeconds),
    faces: result.data.FaceSearchResponse.map(({ DetectedFace, MatchedFaces }) => ({
      box: {
        left: millionths(DetectedFace.BoundingBox.Left),
        top: millionths(DetectedFace.BoundingBox.Top),
        width: millionths(DetectedFace.BoundingBox.Width),
        height: millionths(DetectedFace.BoundingBox.Height),
      },
      ...(DetectedFace.Pose && { pose: { pitch: DetectedFace.Pose.Pitch, yaw: DetectedFace.Pose.Yaw } }),
      ...(DetectedFace.Quality && { sharpness: DetectedFace.Quality.Sharpness }),
      matches: MatchedFaces.map(({ Similarity, Face }) => ({
        faceId: Face.FaceId,
        similarity: Similarity,
        ...(Face.ExternalImageId !== undefined && { externalImageId: Face.ExternalImageId }),
      })),
    })),
  };
}

import type { DetectedFaceJson, FaceSearchRecordJson, MatchedFaceJson } from '../../party/record/record.ts';
import type { Box, Face, Picture } from '../../vision/face.ts';
import type { Recognizer } from '../../vision/recognizer.ts';
import { unusable } from '../../vision/usable.ts';
import type { Frame } from '../camera/frame.ts';

/** What a frame is analysed with. */
export interface Analysis {
  readonly recognizer: Recognizer;
  /** The faces of the collection that look like this one, most similar first. */
  readonly search: (descriptor: Float32Array) => MatchedFaceJson[] | Promise<MatchedFaceJson[]>;
  /** The video stream that the record says the frame is from. */
  readonly streamArn: string;
}

/** A frame's record, and the faces in it in the record's order. */
export interface Analyzed {
  readonly record: FaceSearchRecordJson;
  readonly faces: Face[];
}

/**
 * Does what a Rekognition stream processor does with one frame: finds the faces, searches them, and says
 * so in a face-search record. A face that does not count (too small, turned away, dark, blurred) is in
 * the record without matches.
 *
 * @throws {RecognizerError} when the engine fails
 */
export async function analyze(frame: Frame, { recognizer, search, streamArn }: Analysis): Promise<Analyzed> {
  const received = Date.now();
  const faces = await recognizer.find(frame.picture, 'live');
  const FaceSearchResponse = await Promise.all(
    faces.map(async (face) => ({
      DetectedFace: detectedFace(face, frame.picture),
      MatchedFaces: unusable(face, 'live') ? [] : await search(face.descriptor),
    })),
  );
  return { record: faceSearchRecord({ streamArn, time: frame.time, received, FaceSearchResponse }), faces };
}

/** What a record says. */
export interface Said {
  readonly streamArn: string;
  /** When the frame was seen, milliseconds since 1970. */
  readonly time: number;
  /** When it was received, milliseconds since 1970. */
  readonly received: number;
  readonly FaceSearchResponse: FaceSearchRecordJson['FaceSearchResponse'];
}

/** A face-search record in the shape that a stream processor writes. */
export function faceSearchRecord({
  streamArn,
  time,
  received,
  FaceSearchResponse,
}: Said): FaceSearchRecordJson {
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
    FaceSearchResponse,
  };
}

/** The points of the iBUG scheme that Rekognition's records name; left and right are the picture's. */
const landmarks = { eyeLeft: [36, 39], eyeRight: [42, 45], mouthLeft: [48], mouthRight: [54], nose: [30] };

/** A face as Rekognition describes it: places are ratios of the picture's width and height. */
export function detectedFace(face: Face, { width, height }: Picture): DetectedFaceJson {
  const { pose, quality } = face;
  return {
    BoundingBox: ratioBox(face.box, { width, height }),
    Confidence: face.confidence * 100,
    Landmarks: Object.entries(landmarks).map(([Type, points]) => {
      const mean = (axis: 'x' | 'y') =>
        points.reduce((sum, point) => sum + face.landmarks[point]![axis], 0) / points.length;
      return { Type, X: mean('x') / width, Y: mean('y') / height };
    }),
    Pose: { Pitch: pose.pitch, Roll: pose.roll, Yaw: pose.yaw },
    Quality: { Brightness: quality.brightness, Sharpness: quality.sharpness },
  };
}

/** A box as Rekognition writes it. */
export function ratioBox({ left, top, width, height }: Box, picture: { width: number; height: number }) {
  return {
    Width: width / picture.width,
    Height: height / picture.height,
    Left: left / picture.width,
    Top: top / picture.height,
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

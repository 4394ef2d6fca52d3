import type { FaceSearchRecordJson, MatchedFaceJson } from '../../party/record/record.ts';
import type { Face } from '../../vision/face.ts';
import type { Recognizer } from '../../vision/recognizer.ts';
import { unusable } from '../../vision/usable.ts';
import type { Frame } from '../camera/frame.ts';
import { detectedFace } from './face-detail.ts';
import { faceSearchRecord } from './face-search-record.ts';

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

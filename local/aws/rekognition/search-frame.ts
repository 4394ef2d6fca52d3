import type { FaceMatch } from '@aws-sdk/client-rekognition';
import type { Frame } from '../media.ts';
import type { FoundFace, FrameWatch } from './face-engine.ts';
import { type FaceSearchRecord, faceSearchRecord, fragmentOfOwn } from './face-search-record.ts';

/** What a frame is searched with. */
export interface FrameSearch {
  /** Of the camera that the frame is from. */
  readonly watch: FrameWatch;
  /** The faces of the collection that look like this one, most similar first. */
  readonly search: (face: FoundFace) => readonly FaceMatch[];
  /** The video stream that the frame is from. */
  readonly streamArn: string;
  /** Called when the next frame can be prepared. */
  readonly nearlyDone?: () => void;
  /** The clock that the camera goes by, milliseconds since 1970; the machine's when not given. */
  readonly now?: () => number;
}

/**
 * What a stream processor does with one frame: finds its faces, searches them, and says so in a face-search record.
 * A face that is not good enough (too small, turned away, dark, blurred) is in the record without matches.
 */
export async function searchFrame(
  frame: Frame,
  { watch, search, streamArn, nearlyDone, now = Date.now }: FrameSearch,
): Promise<FaceSearchRecord> {
  const received = now();
  const faces = await watch.look(frame, nearlyDone);
  const searched = faces.map((face) => ({
    DetectedFace: face.detail,
    MatchedFaces: face.unusable('live') ? [] : search(face),
  }));
  const { time, fragment = fragmentOfOwn(time, received) } = frame;
  return faceSearchRecord(streamArn, time, fragment, searched);
}

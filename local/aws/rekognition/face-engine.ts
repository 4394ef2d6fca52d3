import type { FaceDetail, Reason } from '@aws-sdk/client-rekognition';
import type { DecodedPicture, Frame } from '../media.ts';

/**
 * What a face is found for: `live` is one frame of many, `enrolment` the photo that somebody will be known by. An
 * engine may look harder at the second and ask more of a face in it.
 */
export type Purpose = 'live' | 'enrolment';

/** Likewise; `search` is a photo that is looked at as hard, but by which nobody will be known. */
export type FindPurpose = Purpose | 'search';

/** A rectangle as ratios of its picture's sides. */
export interface RatioBox {
  readonly Width: number;
  readonly Height: number;
  readonly Left: number;
  readonly Top: number;
}

/** What an indexed face looks like, in the engine's own numbers; they mean something to the engine alone. */
export interface Description {
  readonly descriptor: Float32Array;
  /** What it looks like to a camera, at a door and from afar, if the engine tells that apart. */
  readonly atDoor?: Float32Array;
  readonly fromAfar?: Float32Array;
}

/** The indexed faces that are taken for the same person as one of them. */
export interface PhotosOfOne {
  /** How many there are, that one among them. */
  readonly all: number;
  /** How many of them were {@link FaceEngine.pooled} into what is compared: all or one. */
  readonly pooled: number;
}

/** A face that an engine found, as Rekognition describes it. */
export interface FoundFace extends Description {
  /**
   * The attributes of `DEFAULT`: box (as ratios of the picture's sides), landmarks, pose, quality and confidence. Age,
   * feelings and the like, which `ALL` would add, may be there if the engine knows them.
   */
  readonly detail: FaceDetail & { readonly BoundingBox: RatioBox; readonly Confidence: number };
  /**
   * How much the face looks like an indexed one, 0 to 100: at 80, Rekognition's default threshold, it is taken for that
   * person. An engine that has seen little of somebody may be less sure of it.
   *
   */
  readonly similarity: (indexed: Description, photos: PhotosOfOne) => number;
  /** Why the face is not good enough for a purpose; undefined when it is. */
  readonly unusable: (purpose: Purpose) => Reason | undefined;
}

/** Follows the people in one camera's frames. */
export interface FrameWatch {
  /**
   * The faces in the camera's next frame, largest first. What each looks like may draw on the frames before.
   *
   * @param frame never earlier than the last one
   * @param nearlyDone called when there is time to {@link prepare} the next one, if an engine has ever any
   */
  look(frame: Frame, nearlyDone?: () => void): Promise<readonly FoundFace[]>;
  /** Begins with the frame that will be looked at next, while the last one may still be looked at. Never throws. */
  prepare(frame: Frame): void;
}

/** What finds faces and tells them apart. Rekognition here is as good as its engine. */
export interface FaceEngine {
  /** Tells engines apart whose descriptors cannot be compared; none is one of them, too. */
  readonly name?: string;
  /**
   * Decodes a JPEG or PNG file, upright.
   *
   * @throws UnreadableImageError for any other file, or a damaged one
   */
  decode(file: Uint8Array): Promise<DecodedPicture>;
  /** The faces in a picture, largest first. */
  find(picture: DecodedPicture, purpose: FindPurpose): Promise<readonly FoundFace[]>;
  /** Begins to watch a camera. */
  watch(): FrameWatch;
  /** How much two indexed faces look alike, 0 to 100: at 80 they are taken for one. */
  similarity(a: Description, b: Description): number;
  /** What indexed faces of one person say together; one at least. */
  pooled(faces: readonly Description[]): Description;
}

/** A file is not a picture that the engine can read. */
export class UnreadableImageError extends Error {
  override readonly name = 'UnreadableImageError';
}

import type { Box } from './face.ts';

/** A face that is known already, and where it was last. */
export interface KnownFace {
  readonly box: Box;
  readonly descriptor: Float32Array;
}

/** How the engine looks at one picture; all but the last, of a camera. */
export interface Look {
  /**
   * Whether the detector sees the picture a little lower. It has a blind spot: faces whose size falls between two of its
   * anchors, at places between two of their cells. A face is not in it in both of two pictures.
   */
  readonly shifted?: boolean;
  /** Which part of the picture is looked at more closely, beside the whole; see {@link tileOf}. */
  readonly tile?: Box;
  /** Faces that need not be described again: whoever is found at such a place is given that descriptor. */
  readonly known?: readonly KnownFace[];
  /**
   * Of a photo: whether its faces are described as cameras see them, too, as those are that somebody will be known by,
   * where there are two at most. Done when not given.
   */
  readonly asSeen?: boolean;
}

import type { Picture } from '../../vision/face.ts';

/** One picture from a camera. */
export interface Frame {
  /** When the camera saw it: milliseconds since 1970, by this machine's clock. */
  readonly time: number;
  readonly picture: Picture;
}

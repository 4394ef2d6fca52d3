import type { JpegPicture } from '../../vision/face.ts';

/** One picture from a camera. */
export interface Frame<Shown = JpegPicture> {
  /** When the camera saw it: milliseconds since 1970, by this machine's clock. */
  readonly time: number;
  readonly picture: Shown;
}

/** A frame as `openCamera` gives it. */
export interface CameraFrame<Shown = JpegPicture> extends Frame<Shown> {
  /** How the camera sent it: its size in pixels, and its time on the video's own clock, milliseconds from anywhere. */
  readonly sent: { readonly width: number; readonly height: number; readonly time: number };
}

/** A decoded picture: `data` holds RGB, 3 bytes a pixel, row by row from the top left. */
export interface DecodedPicture {
  readonly width: number;
  readonly height: number;
  readonly data: Uint8Array;
}

/** One picture of live video. */
export interface Frame {
  /** When the camera saw it: milliseconds since 1970. */
  readonly time: number;
  readonly picture: DecodedPicture;
}

/** A retained picture of a camera. */
export interface RetainedPicture {
  /** When the camera saw it: milliseconds since 1970. */
  readonly time: number;
  readonly jpeg: Uint8Array;
}

/** The media of one video stream: what its camera shows now, and what is kept of it. */
export interface Media {
  /**
   * Frames as the camera gives them. A slow consumer skips to the newest. While the camera is gone it waits;
   * it ends only by the signal, without throwing.
   */
  frames(signal: AbortSignal): AsyncIterable<Frame>;
  /** What is kept of the time from `from` to `to` (both included, milliseconds since 1970), oldest first. */
  pictures(from: number, to: number): Promise<readonly RetainedPicture[]>;
  /** What is wrong with the camera now and what to do, for people and without its address; undefined while all is well. */
  readonly trouble?: string | undefined;
}

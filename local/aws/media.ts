/** A decoded picture: `data` holds RGB, 3 bytes a pixel, row by row from the top left. */
export interface DecodedPicture {
  readonly width: number;
  readonly height: number;
  readonly data: Uint8Array;
}

/** A picture as a JPEG file, upright, and its size in pixels. */
export interface JpegPicture {
  readonly width: number;
  readonly height: number;
  readonly jpeg: Buffer;
}

/** One picture of live video. */
export interface Frame {
  /** When the camera saw it: milliseconds since 1970. */
  readonly time: number;
  readonly picture: JpegPicture;
  /** Of video that was uploaded, the fragment that it is in. */
  readonly fragment?: FragmentOfFrame;
}

/** What a face-search record says of the fragment that a frame is in. */
export interface FragmentOfFrame {
  /** 47 digits. */
  readonly number: string;
  /** When it began by the producer's clock, and when it came here: milliseconds since 1970. */
  readonly producerTime: number;
  readonly serverTime: number;
}

/** A retained picture of a camera. */
export interface RetainedPicture {
  /** When the camera saw it: milliseconds since 1970. */
  readonly time: number;
  readonly jpeg: Uint8Array;
}

/** Of what is uploaded there are two times: when the producer says that it was seen, and when it came here. */
export type MediaClock = 'producer' | 'server';

/** The media of one video stream: what its camera shows now, and what is kept of it. */
export interface Media {
  /**
   * Frames as the camera gives them. A slow consumer skips to the newest. While the camera is gone it waits;
   * it ends only by the signal, without throwing.
   */
  frames(signal: AbortSignal): AsyncIterable<Frame>;
  /**
   * What is kept of the time from `from` to `to` (both included, milliseconds since 1970), oldest first.
   *
   * @param moments of these the nearest pictures will do, if that is less work
   * @param clock that all of these times are of, and those of the pictures: the producer's, or this machine's
   */
  pictures(
    from: number,
    to: number,
    moments?: readonly number[],
    clock?: MediaClock,
  ): Promise<readonly RetainedPicture[]>;
  /**
   * What is wrong with the camera now and what to do, for people and without its address; undefined while all is well.
   */
  readonly trouble?: string | undefined;
}

/** What a camera says of its video before the first picture. */
export interface CodedTrack {
  /** FFmpeg's name for the coding, such as `h264` or `hevc`. */
  readonly codec: string;
  /** What the decoder has to know, as far as the camera says it beforehand. */
  readonly extradata: Uint8Array | undefined;
}

/** A picture as the camera sent it, not decoded. */
export interface CodedPicture {
  /** Milliseconds on the video's own clock; undefined when the camera does not say. */
  readonly time: number | undefined;
  readonly data: Uint8Array;
}

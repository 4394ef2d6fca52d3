import { unfitText } from './video.text.ts';

/** What about a camera's video Kinesis Video, or Rekognition behind it, cannot take. */
export type Unfit = 'h265' | 'not h264' | 'b-frames' | 'key frames too far apart' | 'no parameter sets';

/** The camera's video cannot be uploaded as it is. The message is for people: what it is, and where to change it. */
export class UnfitVideoError extends Error {
  override readonly name = 'UnfitVideoError';
  readonly unfit: Unfit;

  constructor(unfit: Unfit) {
    super(unfitText[unfit]);
    this.unfit = unfit;
  }
}

import { cut, warp } from './align.ts';
import type { Box, Picture, Point } from './face.ts';

/**
 * How wide a face is from afar: pixels. A face of 32 pixels at a door looks as a photo of 24 to 28 does, for the camera's
 * blur and compression come on top. Two sizes, for what falls between the pixels of one does not in the other.
 */
const afarWidths = [24, 28] as const;

/** How much is shown, in widths of the face: more than a description looks at. */
const shown = 3;

/** A face, and the picture that it is in. */
export interface FaceInPicture {
  readonly picture: Picture;
  readonly landmarks: readonly Point[];
}

/** A face in a photo, as a camera far away would see it; to be described again, and the mean taken. */
export function fromAfar(picture: Picture, box: Box, landmarks: readonly Point[]): FaceInPicture[] {
  const side = shown * box.width;
  const left = box.left + (box.width - side) / 2;
  const top = box.top + (box.height - side) / 2;
  return afarWidths.map((width) => {
    const square = cut(left, top, side, shown * width);
    return {
      picture: warp(picture, square, shown * width),
      landmarks: landmarks.map(({ x, y }) => ({
        x: square.a * x + square.right,
        y: square.a * y + square.down,
      })),
    };
  });
}

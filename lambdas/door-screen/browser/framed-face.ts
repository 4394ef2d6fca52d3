import type { FaceBox } from '../../../party/door-screen/told.ts';

/** How large the face is in its round frame, as a part of its height. */
const faceHeight = 0.55;

/** Where a picture lies behind a square frame, in per cent of the frame's side. */
export interface Placed {
  readonly width: number;
  readonly left: number;
  readonly top: number;
}

/**
 * Places a picture so that the face stands in the middle of a square frame, which it covers whatever its size.
 *
 * @param width the picture's, as it is seen
 * @param height the picture's
 * @param face all of the picture when it is not known
 */
export function framed(
  { width, height }: { readonly width: number; readonly height: number },
  face: FaceBox = { left: 0, top: 0, width: 1, height: 1 },
): Placed {
  const covering = 1 / Math.min(width, height);
  const scale = Math.max(covering, faceHeight / (face.height * height));
  const offset = (side: number, middle: number): number =>
    Math.min(0, Math.max(1 - side * scale, 0.5 - middle * side * scale));
  return {
    width: 100 * width * scale,
    left: 100 * offset(width, face.left + face.width / 2),
    top: 100 * offset(height, face.top + face.height / 2),
  };
}

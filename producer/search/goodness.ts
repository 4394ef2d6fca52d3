import type { Face } from '../../vision/face.ts';

/** More pixels than this in a face's width tell nothing more. */
const enoughWidth = 120;

/** How good a picture of a face is for a search, 0 to 1: its size, sharpness and how straight it looks. */
export function goodnessOf({ box, pose, quality, confidence }: Face): number {
  const straight = Math.cos(radians(pose.yaw)) * Math.cos(radians(pose.pitch));
  return (
    Math.min(1, box.width / enoughWidth) * (quality.sharpness / 100) * Math.max(0, straight) * confidence
  );
}

const radians = (degrees: number) => (degrees * Math.PI) / 180;

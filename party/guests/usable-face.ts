import type { FaceDetail, Reason } from '@aws-sdk/client-rekognition';
import type { PictureSize } from './picture-size.ts';

/*
 * Whether a face would do that DetectFaces found. IndexFaces says by itself which faces it takes, and why not the others;
 * DetectFaces only measures. What IndexFaces goes by is not published: these limits are those of this project's own engine
 * (vision/usable.ts), so that one machine says the same of a photo both times, and on AWS they are on the strict side.
 */

/** Pixels; AWS advises as much. */
const leastWidth = 50;
/** On Rekognition's scale of 0 to 100. */
const dimmest = 12;
const leastSharp = 55;
/** Degrees to either side, looking down, and looking up. */
const pose = { yaw: 45, down: 43, up: 40 };

/**
 * Why a face will not do, in the words of IndexFaces; undefined when it will. What was not measured is no reason.
 *
 * @param size the whole picture's
 */
export function lackOf(
  { Quality = {}, Pose = {}, BoundingBox = {} }: FaceDetail,
  size: PictureSize | undefined,
): Reason | undefined {
  const { Brightness = 100, Sharpness = 100 } = Quality;
  const { Yaw = 0, Pitch = 0 } = Pose;
  if (size && (BoundingBox.Width ?? 1) * size.width < leastWidth) return 'SMALL_BOUNDING_BOX';
  if (Brightness < dimmest) return 'LOW_BRIGHTNESS';
  if (Sharpness < leastSharp) return 'LOW_SHARPNESS';
  // Last, for what is dark or blurred only seems to be turned.
  if (Math.abs(Yaw) > pose.yaw || Pitch < -pose.down || Pitch > pose.up) return 'EXTREME_POSE';
  return undefined;
}

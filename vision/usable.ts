import type { Face } from './face.ts';

/** `live` looks at one frame of many; `enrolment` at the photo that a person will be known by. */
export type Mode = 'live' | 'enrolment';

/** Why a face does not count; the words are those of Rekognition's `UnindexedFaces`. */
export type Unusable =
  | 'LOW_CONFIDENCE'
  | 'SMALL_BOUNDING_BOX'
  | 'EXTREME_POSE'
  | 'LOW_BRIGHTNESS'
  | 'LOW_SHARPNESS';

/** What a face must have to count. */
export interface Limits {
  /** The detector's confidence, 0 to 1. */
  readonly confidence: number;
  /** Pixels. */
  readonly width: number;
  /** Degrees to either side. */
  readonly yaw: number;
  /** Degrees of looking down and of looking up. */
  readonly down: number;
  readonly up: number;
  /** On Rekognition's scale of 0 to 100, as `quality.ts` measures them. */
  readonly brightness: number;
  readonly sharpness: number;
}

/**
 * The pose's limits are where descriptors begin to lie: in face-api's samples, a woman in profile (yaw
 * −63) lies at 0.484 from a stranger, and one looking down (pitch −45) at 0.522; no other two lie below
 * 0.538. Photos of people as they usually look stay inside: in LFW-10 pitch is −32 to 16, and yaw is
 * beyond 45 in 1 of 100; broad smiles of two people of ORL measure as looking down by 41.5. (AWS advises yaw
 * under 45, and 30 down to 45 up; an average head fits the landmarks so that level faces measure −6, which is
 * why `down` is more and `up` is less here.)
 */
const pose = { yaw: 45, down: 43, up: 40 };

/** The limits by mode. The engine uses the confidence too: what is below is not found at all. */
export const faceLimits: Record<Mode, Limits> = {
  live: {
    ...pose,
    // Of LFW faces 64 to 80 px wide in a frame 0.5 misses 15 %, 0.4 misses 7 %. In the Hamilton clip, searched
    // among 104 photos, 0.4 gives no wrong name in 164 faces, 0.35 three: faces hardly seen look like anybody.
    confidence: 0.4,
    // The detector's boxes are narrower than faces by up to a fifth, now more, now less. Single looks at faces of 23 to
    // 28 px gave false names at a distance of 0.56; at 0.44, and with looks pooled, none did down to 20.
    width: 22,
    // LFW photos darkened to 15 are recognised in 82 of 100 cases; at 10 the detector misses every fourth.
    brightness: 10,
    // LFW photos blurred to 49 are still recognised in 70 of 100 cases, blurred to 33 in 20.
    sharpness: 40,
  },
  enrolment: {
    ...pose,
    // A photo that was chosen has a face in it: the detector may be less sure.
    confidence: 0.3,
    // From 50 px on nine in ten are recognised; AWS advises as much.
    width: 50,
    // Photos of two people of faces94 in dim light measure 16 to 20, and are told apart as well as all others. LFW
    // photos darkened to 15 cost one recognition in ten.
    brightness: 12,
    sharpness: 55,
  },
};

/**
 * Why a face does not count, or undefined when it does. A face that does not count may be shown, but is
 * not searched for live and not enrolled: a wrong name is worse than a late one.
 */
export function unusable(
  face: Pick<Face, 'box' | 'confidence' | 'pose' | 'quality'>,
  mode: Mode,
): Unusable | undefined {
  const limits = faceLimits[mode];
  const { pitch, yaw } = face.pose;
  if (face.confidence < limits.confidence) return 'LOW_CONFIDENCE';
  if (face.box.width < limits.width) return 'SMALL_BOUNDING_BOX';
  if (face.quality.brightness < limits.brightness) return 'LOW_BRIGHTNESS';
  if (face.quality.sharpness < limits.sharpness) return 'LOW_SHARPNESS';
  // Last, for what is dark or blurred only seems to be turned.
  if (Math.abs(yaw) > limits.yaw || pitch < -limits.down || pitch > limits.up) return 'EXTREME_POSE';
  return undefined;
}

import type { Point, Pose } from './face.ts';
import { meanShape } from './mean-shape.ts';

/** How far points of a face lie in front of the eyes' outer corners: millimetres, an average adult's, rounded. */
const depths: ReadonlyArray<readonly [landmark: number, depth: number]> = [
  [36, 0],
  [39, 12],
  [42, 12],
  [45, 0],
  [37, 8],
  [38, 8],
  [40, 8],
  [41, 8],
  [43, 8],
  [44, 8],
  [46, 8],
  [47, 8],
  [27, 24],
  [28, 30],
  [29, 38],
  [30, 46],
  [31, 24],
  [33, 32],
  [35, 24],
  [48, 20],
  [51, 34],
  [54, 20],
];

/** Millimetres in one unit of dlib's mean shape: its eyes' outer corners are 0.737 apart, a person's 90 mm. */
const millimetres = 90 / 0.737;

type Vector = readonly [x: number, y: number, z: number];

/** The head whose turn is sought: x to the picture's right, y down, z towards the camera; centred. */
const head = centred(
  depths.map(([landmark, depth]): Vector => {
    const [, x, y] = meanShape.find(([number]) => number === landmark)!;
    return [x * millimetres, y * millimetres, depth];
  }),
);

/** The search starts with steps this wide and ends when they are narrower than this: degrees. */
const [widestStep, narrowestStep] = [16, 0.25];

/**
 * How a head is turned, from its 68 landmarks: the turn under which an average head, seen from afar, fits
 * them best. Degrees, with the signs seen in records that Rekognition wrote: yaw is positive when the
 * nose points to the picture's right, roll when the head leans clockwise (the eye on the right is the
 * lower one). Pitch is positive looking up; AWS documents no sign for it.
 *
 * An average head fits everyone a little wrongly: some degrees of pitch belong to the person.
 */
export function poseOf(landmarks: readonly Point[]): Pose {
  const points = centred(
    depths.map(([landmark]): Vector => [landmarks[landmark]!.x, landmarks[landmark]!.y, 0]),
  );
  const [left, right] = [landmarks[36]!, landmarks[45]!];
  const roll = degrees(Math.atan2(right.y - left.y, right.x - left.x));
  let best = { pose: { pitch: 0, roll, yaw: 0 }, fit: fit(points, { pitch: 0, roll, yaw: 0 }) };
  for (let step = widestStep; step >= narrowestStep; ) {
    const better = neighbours(best.pose, step)
      .map((pose) => ({ pose, fit: fit(points, pose) }))
      .reduce((a, b) => (b.fit > a.fit ? b : a), best);
    if (better === best) step /= 2;
    best = better;
  }
  return best.pose;
}

/** The turns a step away, no further than a face can be seen. */
function neighbours({ pitch, roll, yaw }: Pose, step: number): Pose[] {
  return [
    { pitch: Math.min(90, pitch + step), roll, yaw },
    { pitch: Math.max(-90, pitch - step), roll, yaw },
    { pitch, roll: roll + step, yaw },
    { pitch, roll: roll - step, yaw },
    { pitch, roll, yaw: Math.min(90, yaw + step) },
    { pitch, roll, yaw: Math.max(-90, yaw - step) },
  ];
}

/**
 * How well the turned head fits: the share of the points' spread that it explains at the scale that suits
 * it best, times that spread (which is the same for all turns).
 */
function fit(points: readonly Vector[], { pitch, roll, yaw }: Pose): number {
  const [sinPitch, cosPitch] = sineAndCosine(pitch);
  const [sinRoll, cosRoll] = sineAndCosine(roll);
  const [sinYaw, cosYaw] = sineAndCosine(yaw);
  let [agreement, spread] = [0, 0];
  head.forEach(([x, y, z], i) => {
    const across = cosYaw * x + sinYaw * z;
    const down = cosPitch * y - sinPitch * (cosYaw * z - sinYaw * x);
    const seenX = cosRoll * across - sinRoll * down;
    const seenY = sinRoll * across + cosRoll * down;
    agreement += points[i]![0] * seenX + points[i]![1] * seenY;
    spread += seenX * seenX + seenY * seenY;
  });
  return agreement > 0 ? agreement ** 2 / spread : 0;
}

function sineAndCosine(angle: number): [number, number] {
  const radians = (angle * Math.PI) / 180;
  return [Math.sin(radians), Math.cos(radians)];
}

const degrees = (radians: number) => (radians * 180) / Math.PI;

function centred(points: readonly Vector[]): Vector[] {
  const mean = (axis: 0 | 1 | 2) => points.reduce((sum, point) => sum + point[axis], 0) / points.length;
  const [meanX, meanY, meanZ] = [mean(0), mean(1), mean(2)];
  return points.map(([x, y, z]) => [x - meanX, y - meanY, z - meanZ]);
}

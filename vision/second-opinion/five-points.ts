import type { Point } from '../face.ts';

/** The landmarks of the iBUG scheme that each of the five points is the middle of; left as seen. */
const landmarksOf: ReadonlyArray<readonly number[]> = [
  [36, 37, 38, 39, 40, 41],
  [42, 43, 44, 45, 46, 47],
  [30],
  [48],
  [54],
];

/** Eyes, tip of the nose and corners of the mouth, from a face's 68 landmarks. */
export function fivePoints(landmarks: readonly Point[]): Point[] {
  return landmarksOf.map((indices) => {
    const points = indices.map((index) => landmarks[index]!);
    const mean = (of: (point: Point) => number) =>
      points.reduce((sum, point) => sum + of(point), 0) / points.length;
    return { x: mean(({ x }) => x), y: mean(({ y }) => y) };
  });
}

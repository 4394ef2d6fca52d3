import type { Box } from './face.ts';

/** A box that may hold a face, with the detector's confidence, 0 to 1. */
export interface Candidate {
  readonly box: Box;
  readonly confidence: number;
}

/** How many classes the detector scores, and which of them is the face. */
const [classes, face] = [3, 1];

/** How SSD scales what it learns about a box's centre and size. */
const [centreScale, sizeScale] = [10, 5];

/**
 * Reads the detector's answer.
 *
 * @param anchors top, left, bottom, right of each anchor in 0…1 of the square the detector saw
 * @param encodings for each anchor: centre's shift down and right, height's and width's logarithm
 * @param scores for each anchor: its classes' scores
 * @param side the square's side in pixels of the picture
 */
export function readCandidates(
  anchors: Float32Array,
  encodings: Float32Array,
  scores: Float32Array,
  side: number,
  leastConfidence: number,
): Candidate[] {
  const candidates: Candidate[] = [];
  for (let i = 0; i < anchors.length / 4; i++) {
    const confidence = scores[i * classes + face]!;
    if (confidence < leastConfidence) continue;
    const [top, left, bottom, right] = four(anchors, i);
    const [down, along, tall, wide] = four(encodings, i);
    const height = Math.exp(tall / sizeScale) * (bottom - top) * side;
    const width = Math.exp(wide / sizeScale) * (right - left) * side;
    const x = ((along / centreScale) * (right - left) + (left + right) / 2) * side;
    const y = ((down / centreScale) * (bottom - top) + (top + bottom) / 2) * side;
    candidates.push({ box: { left: x - width / 2, top: y - height / 2, width, height }, confidence });
  }
  return candidates;
}

function four(values: Float32Array, i: number): [number, number, number, number] {
  return [values[4 * i]!, values[4 * i + 1]!, values[4 * i + 2]!, values[4 * i + 3]!];
}

/** Boxes that overlap by more than this hold the same face. */
export const mostOverlap = 0.5;

/** Keeps the most confident of candidates that overlap by more than `most` (intersection over union). */
export function withoutOverlaps(candidates: readonly Candidate[], most: number): Candidate[] {
  const kept: Candidate[] = [];
  for (const candidate of candidates.toSorted((a, b) => b.confidence - a.confidence)) {
    if (kept.every(({ box }) => overlap(box, candidate.box) <= most)) kept.push(candidate);
  }
  return kept;
}

/** In a photo in which one face is at least this sure, a box that is less sure than the other figure is none. */
const beside = { sure: 0.75, doubtful: 0.5 };

/**
 * Without the boxes that a detector half believes in beside a face that it is sure of: a hand, a collar, the face once
 * more with all the hair. They would make one person's photo one of several.
 */
export function withoutDoubtful(candidates: readonly Candidate[]): Candidate[] {
  const isSure = candidates.some(({ confidence }) => confidence >= beside.sure);
  return candidates.filter(({ confidence }) => !isSure || confidence >= beside.doubtful);
}

/** Intersection over union of two boxes, 0 to 1. */
export function overlap(a: Box, b: Box): number {
  const width = Math.min(a.left + a.width, b.left + b.width) - Math.max(a.left, b.left);
  const height = Math.min(a.top + a.height, b.top + b.height) - Math.max(a.top, b.top);
  const shared = Math.max(0, width) * Math.max(0, height);
  return shared / (a.width * a.height + b.width * b.height - shared);
}

/** The part of a box that lies inside a picture. */
export function inside({ left, top, width, height }: Box, picture: { width: number; height: number }): Box {
  const [x, y] = [Math.max(0, left), Math.max(0, top)];
  return {
    left: x,
    top: y,
    width: Math.min(picture.width, left + width) - x,
    height: Math.min(picture.height, top + height) - y,
  };
}

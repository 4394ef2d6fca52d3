import type { Face } from '../../vision/face.ts';

/** A descriptor of somebody: the same number gives the same person, another one somebody at a distance of 0.9. */
export function descriptorOf(person: number, { off = 0 } = {}): Float32Array {
  const descriptor = new Float32Array(128);
  descriptor[person] = 0.9 / Math.SQRT2;
  descriptor[127] = off;
  return descriptor;
}

/** What a face is like; a good one 100 pixels wide, unless said otherwise. */
export interface FaceLike {
  readonly person?: number;
  /** How far the descriptor lies from the person's own. */
  readonly off?: number;
  readonly left?: number;
  readonly top?: number;
  readonly width?: number;
  readonly yaw?: number;
  readonly sharpness?: number;
}

/** A face as the engine finds it. */
export function faceLike({
  person = 0,
  off = 0,
  left = 500,
  top = 200,
  width = 100,
  yaw = 0,
  sharpness = 80,
}: FaceLike = {}): Face {
  const middle = { x: left + width / 2, y: top + width / 2 };
  return {
    box: { left, top, width, height: width * 1.2 },
    confidence: 0.95,
    landmarks: Array.from({ length: 68 }, () => middle),
    pose: { pitch: 0, roll: 0, yaw },
    quality: { brightness: 60, sharpness },
    descriptor: descriptorOf(person, { off }),
  };
}

import type { FaceDetail, Landmark } from '@aws-sdk/client-rekognition';
import type { Box, Face, Picture, Point } from '../../../vision/face.ts';
import type { RatioBox } from './collection.ts';

/** Rekognition's five landmarks and where they lie among iBUG's 68. Left is the picture's left. */
const LANDMARKS: readonly [
  type: 'eyeLeft' | 'eyeRight' | 'mouthLeft' | 'mouthRight' | 'nose',
  from: number,
  to: number,
][] = [
  ['eyeLeft', 36, 41],
  ['eyeRight', 42, 47],
  ['mouthLeft', 48, 48],
  ['mouthRight', 54, 54],
  ['nose', 30, 30],
];

/**
 * A face in Rekognition's words, with the attributes of `DEFAULT`. Age, gender, feelings and the like, which
 * `ALL` would add, are not measured here and left out.
 */
export function faceDetail(face: Face, picture: Picture): FaceDetail {
  const { pitch, roll, yaw } = face.pose;
  return {
    BoundingBox: ratioBox(face.box, picture),
    Confidence: percent(face.confidence),
    Landmarks: landmarks(face, picture),
    Pose: { Pitch: pitch, Roll: roll, Yaw: yaw },
    Quality: { Brightness: face.quality.brightness, Sharpness: face.quality.sharpness },
  };
}

/** A box in pixels as ratios of the picture's sides. */
export function ratioBox({ left, top, width, height }: Box, picture: Picture): RatioBox {
  return {
    Width: width / picture.width,
    Height: height / picture.height,
    Left: left / picture.width,
    Top: top / picture.height,
  };
}

/** 0 to 1 as 0 to 100. */
export function percent(share: number): number {
  return share * 100;
}

function landmarks({ landmarks: points }: Face, picture: Picture): Landmark[] {
  return LANDMARKS.map(([Type, from, to]) => {
    const { x, y } = centre(points.slice(from, to + 1));
    return { Type, X: x / picture.width, Y: y / picture.height };
  });
}

function centre(points: readonly Point[]): Point {
  const sum = points.reduce((a, b) => ({ x: a.x + b.x, y: a.y + b.y }), { x: 0, y: 0 });
  return { x: sum.x / points.length, y: sum.y / points.length };
}

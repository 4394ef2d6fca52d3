import type { DetectedFaceJson } from '../../party/record/record.ts';
import type { Box, Face } from '../../vision/face.ts';

/** The points of the iBUG scheme that Rekognition's records name; left and right are the picture's. */
const landmarks = { eyeLeft: [36, 39], eyeRight: [42, 45], mouthLeft: [48], mouthRight: [54], nose: [30] };

/** A face as Rekognition describes it: places are ratios of the picture's width and height. */
export function detectedFace(
  face: Face,
  { width, height }: { width: number; height: number },
): DetectedFaceJson {
  const { pose, quality } = face;
  return {
    BoundingBox: ratioBox(face.box, { width, height }),
    Confidence: face.confidence * 100,
    Landmarks: Object.entries(landmarks).map(([Type, points]) => {
      const mean = (axis: 'x' | 'y') =>
        points.reduce((sum, point) => sum + face.landmarks[point]![axis], 0) / points.length;
      return { Type, X: mean('x') / width, Y: mean('y') / height };
    }),
    Pose: { Pitch: pose.pitch, Roll: pose.roll, Yaw: pose.yaw },
    Quality: { Brightness: quality.brightness, Sharpness: quality.sharpness },
  };
}

/** A box as Rekognition writes it. */
export function ratioBox({ left, top, width, height }: Box, picture: { width: number; height: number }) {
  return {
    Width: width / picture.width,
    Height: height / picture.height,
    Left: left / picture.width,
    Top: top / picture.height,
  };
}

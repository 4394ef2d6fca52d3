import sharp from 'sharp';
import type { Box, Face, Picture, Point } from './face.ts';

/** How often a picture is turned clockwise by a right angle. */
export type QuarterTurns = 1 | 2 | 3;

/** The picture, turned. */
export async function turned({ width, height, data }: Picture, turns: QuarterTurns): Promise<Picture> {
  const { data: pixels, info } = await sharp(data, { raw: { width, height, channels: 3 } })
    .rotate(90 * turns)
    .removeAlpha()
    .raw()
    .toBuffer({ resolveWithObject: true });
  return { width: info.width, height: info.height, data: pixels };
}

/** A face that was found in the turned picture, as it is in the picture itself. */
export function turnedBack(face: Face, picture: Picture, turns: QuarterTurns): Face {
  const back = (point: Point) => pointBack(point, picture, turns);
  return {
    ...face,
    box: boxBack(face.box, back),
    landmarks: face.landmarks.map(back),
    pose: { ...face.pose, roll: withinHalfTurn(face.pose.roll - 90 * turns) },
  };
}

function pointBack({ x, y }: Point, { width, height }: Picture, turns: QuarterTurns): Point {
  if (turns === 1) return { x: y, y: height - x };
  if (turns === 2) return { x: width - x, y: height - y };
  return { x: width - y, y: x };
}

function boxBack({ left, top, width, height }: Box, back: (point: Point) => Point): Box {
  const corners = [back({ x: left, y: top }), back({ x: left + width, y: top + height })];
  const [xs, ys] = [corners.map(({ x }) => x), corners.map(({ y }) => y)];
  const [x, y] = [Math.min(...xs), Math.min(...ys)];
  return { left: x, top: y, width: Math.max(...xs) - x, height: Math.max(...ys) - y };
}

/** The same angle, above −180 and up to 180 degrees. */
function withinHalfTurn(degrees: number): number {
  return degrees <= -180 ? degrees + 360 : degrees;
}

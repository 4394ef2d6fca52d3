import sharp from 'sharp';
import { cut, warp } from './align.ts';
import type { AsSeen, Box, Picture, Point } from './face.ts';

/**
 * How wide the face in a photo is made, in pixels: as people at a door are, and as those are who are far away. A face of
 * 32 pixels at a door looks as a photo of 24 to 32 does, for the camera's blur and compression come on top. Several
 * sizes, for what falls between the pixels of one does not in the other.
 */
const widths = { atDoor: [40, 56], fromAfar: [24, 28, 32] } as const satisfies Record<
  keyof AsSeen,
  readonly number[]
>;

/** What a camera makes of it: its light, its blur as a share of the face's width, and the quality of its JPEG. */
interface Camera {
  readonly light: number;
  readonly blur: number;
  readonly quality: number;
}

/** A good one by day, and a poor one in the evening. */
const cameras: readonly Camera[] = [
  { light: 1, blur: 0, quality: 80 },
  { light: 0.75, blur: 0.018, quality: 55 },
];

/** How much is shown, in widths of the face: more than a description looks at. */
const shown = 3;

/** A face, and the picture that it is in. */
export interface FaceInPicture {
  readonly picture: Picture;
  readonly landmarks: readonly Point[];
}

/** A face in a photo, as cameras would see it; each to be described again, and the mean taken. */
export async function asCamerasSee(
  picture: Picture,
  box: Box,
  landmarks: readonly Point[],
): Promise<Record<keyof AsSeen, FaceInPicture[]>> {
  const seen = async (width: number, camera: Camera): Promise<FaceInPicture> => {
    const side = shown * box.width;
    const left = box.left + (box.width - side) / 2;
    const top = box.top + (box.height - side) / 2;
    const square = cut(left, top, side, shown * width);
    return {
      picture: await taken(warp(picture, square, shown * width), camera, width),
      landmarks: landmarks.map(({ x, y }) => ({
        x: square.a * x + square.right,
        y: square.a * y + square.down,
      })),
    };
  };
  const all = async (of: readonly number[]) =>
    await Promise.all(of.flatMap((width) => cameras.map((camera) => seen(width, camera))));
  return { atDoor: await all(widths.atDoor), fromAfar: await all(widths.fromAfar) };
}

/** @param face how wide the face is in it: pixels */
async function taken(
  { width, height, data }: Picture,
  { light, blur, quality }: Camera,
  face: number,
): Promise<Picture> {
  let image = sharp(data, { raw: { width, height, channels: 3 } });
  if (light !== 1) image = image.linear(light, 0);
  if (blur > 0) image = image.blur(blur * face);
  const raw = await sharp(await image.jpeg({ quality }).toBuffer())
    .raw()
    .toBuffer();
  return { width, height, data: raw };
}

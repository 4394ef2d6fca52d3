import sharp from 'sharp';
import type { Box, Picture } from '../../vision/face.ts';
import { decodePicture, encodeJpeg } from '../../vision/picture.ts';
import { between } from './random.ts';

/** What is round a face in what is put at the door, as a share of its width on each side. */
const margin = 0.7;

/** How a face looks in one frame. */
export interface Condition {
  /** Of the face, pixels. */
  readonly width: number;
  /** Of the face's middle in the frame, pixels. */
  readonly x: number;
  readonly y: number;
  /** Degrees, clockwise. */
  readonly lean: number;
  /** 1 is as in the photo. */
  readonly light: number;
  /** How far it moves to the side while the shutter is open, and how far out of focus it is: shares of its width. */
  readonly motion: number;
  readonly blur: number;
}

/** Somebody's face in a photo. */
export interface FaceInPhoto {
  readonly picture: Picture;
  readonly box: Box;
}

/** A frame of a camera of 1280×720 whose door is grey, with faces in it, as the camera's compression leaves it. */
export async function frameAtDoor(
  faces: ReadonlyArray<FaceInPhoto & { readonly as: Condition }>,
  jpegQuality: number,
): Promise<Picture> {
  const overlays = await Promise.all(
    faces.map(async ({ as, ...face }) => ({ ...(await shown(face, as)), as })),
  );
  const frame = await sharp({ create: { width: 1280, height: 720, channels: 3, background: '#807c78' } })
    .composite(
      overlays.map(({ png, width, height, as }) => ({
        input: png,
        left: Math.round(as.x - width / 2),
        top: Math.round(as.y - height / 2),
      })),
    )
    .removeAlpha()
    .raw()
    .toBuffer();
  return await decodePicture(await encodeJpeg({ width: 1280, height: 720, data: frame }, jpegQuality));
}

/** A part of the photo with the face in its middle. Where the photo ends, its edge goes on: detectors miss cut faces. */
async function shown({ picture, box }: FaceInPhoto, as: Condition) {
  const reach = { x: (0.5 + margin) * box.width, y: 0.5 * box.height + margin * box.width };
  const middle = { x: box.left + box.width / 2, y: box.top + box.height / 2 };
  const wanted = {
    left: Math.round(middle.x - reach.x),
    top: Math.round(middle.y - reach.y),
    right: Math.round(middle.x + reach.x),
    bottom: Math.round(middle.y + reach.y),
  };
  const left = Math.max(0, wanted.left);
  const top = Math.max(0, wanted.top);
  const right = Math.min(picture.width, wanted.right);
  const bottom = Math.min(picture.height, wanted.bottom);
  const { width, height, data } = picture;
  const scale = as.width / box.width;
  const cut = await sharp(data, { raw: { width, height, channels: 3 } })
    .extract({ left, top, width: right - left, height: bottom - top })
    .extend({
      left: left - wanted.left,
      top: top - wanted.top,
      right: wanted.right - right,
      bottom: wanted.bottom - bottom,
      extendWith: 'copy',
    })
    .png()
    .toBuffer();
  const small = await sharp(cut)
    .resize(Math.round(2 * reach.x * scale), Math.round(2 * reach.y * scale), { fit: 'fill' })
    .png()
    .toBuffer();
  let image = sharp(small).linear(as.light, 0);
  const focus = as.blur * as.width;
  if (focus >= 0.3) image = image.blur(focus);
  const smear = 2 * Math.round((as.motion * as.width) / 2) + 1;
  if (smear >= 3) image = image.convolve({ width: smear, height: 3, kernel: smearKernel(smear) });
  if (as.lean !== 0) image = sharp(await image.png().toBuffer()).rotate(as.lean, { background: '#807c78' });
  const { data: png, info } = await image.png().toBuffer({ resolveWithObject: true });
  return { png, width: info.width, height: info.height };
}

/** Everything to the side counts the same, nothing above and below. */
function smearKernel(width: number): number[] {
  return [...Array(width).fill(0), ...Array(width).fill(1), ...Array(width).fill(0)];
}

/** What happens at a door: people lean, move and stand in half light. */
export function anyCondition(width: number, random: () => number): Omit<Condition, 'x' | 'y'> {
  return {
    width: width * between(0.92, 1.08, random),
    lean: between(-8, 8, random),
    light: between(0.6, 1.15, random),
    motion: between(0, 0.05, random),
    blur: between(0, 0.015, random),
  };
}

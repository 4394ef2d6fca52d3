import sharp from 'sharp';
import { flatness, sampleFile } from './pictures.ts';

/** Where a woman's face is in face-api's sample photos: left, top, width, height in pixels. */
const faces = {
  anna: { photo: 3, box: [1073, 215, 222, 295] },
  /** The woman of `anna`, in another photo. */
  annaAgain: { photo: 1, box: [1475, 198, 201, 237], flatness },
  berta: { photo: 4, box: [663, 50, 184, 263] },
  carla: { photo: 6, box: [249, 466, 209, 294] },
  /** Turned away by some 60 degrees. */
  turned: { photo: 2, box: [360, 139, 150, 248] },
} as const;

export type Face = keyof typeof faces;

/** A photo of one face of the samples, with what is round it by half its size. */
export function portrait(face: Face, format: 'jpeg' | 'png' = 'jpeg'): Promise<Buffer> {
  const { photo, box, flatness = 1 } = { flatness: undefined, ...faces[face] };
  const [left, top, width, height] = box;
  const above = Math.min(top, Math.round(height / 2));
  const part = {
    left: Math.round(left - width / 2),
    top: top - above,
    width: width * 2,
    height: Math.round(height * 1.5) + above,
  };
  return sharp(sampleFile(photo))
    .extract(part)
    .resize(part.width, Math.round(part.height * flatness), { fit: 'fill' })
    .toFormat(format)
    .toBuffer();
}

/** A camera's picture, 1280 by 720, of somebody whose face fills the box of `recordOf` (`records.ts`). */
export async function seenAtTheDoor(face: Face): Promise<Buffer> {
  const [left, top] = [0.4 * 1280, 0.3 * 720];
  const [, faceTop, faceWidth, faceHeight] = faces[face].box;
  const scale = (0.1 * 1280) / faceWidth;
  const above = Math.min(faceTop, Math.round(faceHeight / 2));
  const input = await sharp(await portrait(face))
    .resize({ width: Math.round(faceWidth * 2 * scale) })
    .toBuffer();
  const place = { left: Math.round(left - (faceWidth / 2) * scale), top: Math.round(top - above * scale) };
  const create = { width: 1280, height: 720, channels: 3, background: '#4070a0' } as const;
  return sharp({ create })
    .composite([{ input, ...place }])
    .jpeg()
    .toBuffer();
}

/** A picture without anybody in it. */
export function nobody(): Promise<Buffer> {
  const create = { width: 640, height: 480, channels: 3, background: '#4070a0' } as const;
  return sharp({ create }).jpeg().toBuffer();
}

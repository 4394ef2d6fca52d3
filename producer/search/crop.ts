import sharp from 'sharp';
import type { Box, JpegPicture } from '../../vision/face.ts';

/** What is round the face in its crop, as a share of its size on each side: detectors miss tight crops. */
const margin = 0.6;

/** Other faces are covered with so much round them, as a share of their size. */
const coverShare = 0.15;

/** Smaller crops are enlarged: Rekognition takes no picture under 80 pixels a side, and detectors miss small faces. */
const leastSide = 200;

/** The grey of a wall. */
const grey = 0x80;

/**
 * A face cut out of its picture, as a JPEG file for `SearchFacesByImage`. That searches the largest face only, so the
 * face is the largest: the crop is tight, and other faces in it are covered.
 *
 * @param others the boxes of the picture's other faces
 */
export async function cropFace(picture: JpegPicture, box: Box, others: readonly Box[]): Promise<Buffer> {
  const crop = within(grown(box, margin), picture);
  const pixels = await cut(picture, crop);
  for (const other of others) cover(pixels, crop, within(grown(other, coverShare), picture), box);
  const image = sharp(pixels, { raw: { width: crop.width, height: crop.height, channels: 3 } });
  const least = Math.min(crop.width, crop.height);
  if (least < leastSide) image.resize({ width: Math.round((crop.width * leastSide) / least) });
  return await image.jpeg({ quality: 92 }).toBuffer();
}

function grown({ left, top, width, height }: Box, share: number): Box {
  return {
    left: left - width * share,
    top: top - height * share,
    width: width * (1 + 2 * share),
    height: height * (1 + 2 * share),
  };
}

/** The whole pixels of a box that lie in a picture; one at least. */
function within({ left, top, width, height }: Box, picture: { width: number; height: number }): Box {
  const x = Math.min(picture.width - 1, Math.max(0, Math.floor(left)));
  const y = Math.min(picture.height - 1, Math.max(0, Math.floor(top)));
  return {
    left: x,
    top: y,
    width: Math.max(1, Math.min(picture.width, Math.ceil(left + width)) - x),
    height: Math.max(1, Math.min(picture.height, Math.ceil(top + height)) - y),
  };
}

function cut({ jpeg }: JpegPicture, crop: Box): Promise<Buffer> {
  return sharp(jpeg).autoOrient().extract(crop).toColourspace('srgb').raw().toBuffer();
}

/** Makes a box of the picture grey in the crop, but for what is the face's own. */
function cover(pixels: Buffer, crop: Box, box: Box, face: Box): void {
  const bottom = Math.min(crop.top + crop.height, box.top + box.height);
  const right = Math.min(crop.left + crop.width, box.left + box.width);
  for (let y = Math.max(crop.top, box.top); y < bottom; y++) {
    const inFace = y >= face.top && y < face.top + face.height;
    for (let x = Math.max(crop.left, box.left); x < right; x++) {
      if (inFace && x >= face.left && x < face.left + face.width) continue;
      const at = ((y - crop.top) * crop.width + x - crop.left) * 3;
      pixels.fill(grey, at, at + 3);
    }
  }
}

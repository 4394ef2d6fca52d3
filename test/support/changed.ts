import sharp, { type Sharp } from 'sharp';
import type { Box, Picture } from '../../vision/face.ts';

/** Pixels of a picture, changed by sharp; the result is RGB again. */
export async function changed(
  { width, height, data }: Picture,
  change: (image: Sharp) => Sharp,
): Promise<Picture> {
  const image = change(sharp(data, { raw: { width, height, channels: 3 } }));
  const { data: result, info } = await image.removeAlpha().raw().toBuffer({ resolveWithObject: true });
  return { width: info.width, height: info.height, data: result };
}

/** The part of a picture that lies in a box, and nothing round it. */
export async function crop(picture: Picture, box: Box): Promise<Picture> {
  const [left, top, width, height] = [box.left, box.top, box.width, box.height].map(Math.round);
  return await changed(picture, (image) =>
    image.extract({ left: left!, top: top!, width: width!, height: height! }),
  );
}

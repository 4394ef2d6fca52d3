import { rename, writeFile } from 'node:fs/promises';
import sharp from 'sharp';
import { unusable } from '../../vision/usable.ts';
import type { Look } from './measure.ts';

const counts = '#2fbf3a';
const doesNotCount = '#ff9d00';

/**
 * Saves a picture with a box round each face: green for one that counts, orange for one that does not. Nobody but the
 * user may read it, whoever could read a file that was there before.
 */
export async function savePicture({ picture, faces }: Look, file: string): Promise<void> {
  const { width, height, jpeg: seen } = picture;
  const boxes = faces.map((face) => {
    const { left, top, width, height } = face.box;
    const colour = unusable(face, 'live') ? doesNotCount : counts;
    return `<rect x="${left}" y="${top}" width="${width}" height="${height}" fill="none" stroke="${colour}" stroke-width="3"/>`;
  });
  const overlay = `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}">${boxes.join('')}</svg>`;
  const jpeg = await sharp(seen)
    .composite([{ input: Buffer.from(overlay) }])
    .jpeg({ quality: 90 })
    .toBuffer();
  const draft = `${file}.${process.pid}.new`;
  await writeFile(draft, jpeg, { mode: 0o600, flag: 'wx' });
  await rename(draft, file);
}

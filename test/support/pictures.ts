import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import type { JpegPicture, Picture } from '../../vision/face.ts';
import { decodePicture, encodeJpeg } from '../../vision/picture.ts';
import { changed } from './changed.ts';

/** The file of one of face-api's six sample photos: groups of three to five women. One is in 1 and in 3. */
export function sampleFile(number: 1 | 2 | 3 | 4 | 5 | 6): string {
  return fileURLToPath(import.meta.resolve(`@vladmandic/face-api/demo/sample${number}.jpg`));
}

/** One of face-api's six sample photos, decoded. */
export async function samplePicture(number: 1 | 2 | 3 | 4 | 5 | 6): Promise<Picture> {
  return await readPicture(sampleFile(number));
}

/**
 * How high a film of the door is of what it should be. The samples' only pair of photos of one woman lies at 0.42 to 0.44,
 * which is where a guest and a stranger part: whether she is named would be chance. Seen by a camera that makes everything
 * so flat (many have pixels that are not square) she lies at 0.37 to 0.40 from her photo.
 */
export const flatness = 0.76;

/** What a camera at the door shows in films: three women, of whom the one to the right is Anna (`portraits.ts`). */
export async function doorPicture(): Promise<Picture> {
  return await changed(await samplePicture(1), (image) =>
    image.resize(1920, Math.round(1280 * flatness), { fit: 'fill' }),
  );
}

/** Anna alone, as in {@link doorPicture}; with room for swaying. */
export async function annaAtTheDoor(): Promise<Picture> {
  return await changed(await doorPicture(), (image) =>
    image.extract({ left: 1250, top: 20, width: 600, height: 480 }),
  );
}

/** Carla alone, likewise. */
export async function carlaAtTheDoor(): Promise<Picture> {
  return await changed(await samplePicture(6), (image) =>
    image.extract({ left: 20, top: 250, width: 640, height: 720 }),
  );
}

/** A picture from a file. */
export async function readPicture(path: string): Promise<Picture> {
  return await decodePicture(await readFile(path));
}

/** A picture as a camera gives it. */
export async function jpegOf(picture: Picture): Promise<JpegPicture> {
  const { width, height } = picture;
  return { width, height, jpeg: await encodeJpeg(picture) };
}

/** How bright a camera's picture is in its middle, 0 to 255. */
export async function brightness({ jpeg }: JpegPicture): Promise<number> {
  const { width, height, data } = await decodePicture(jpeg);
  return data[(Math.floor(height / 2) * width + Math.floor(width / 2)) * 3]!;
}

/** A camera's picture that nobody looks into. */
export const unseen = (width = 1280, height = 720): JpegPicture => ({ width, height, jpeg: Buffer.alloc(0) });

/** The labelled photos that may lie beside the project; they are not part of it. */
export const facesFolder = fileURLToPath(new URL('../../../shared/faces/', import.meta.url));

/** A reason to skip a test that uses {@link facesFolder}, or false when they are there. */
export const withoutFaces = existsSync(facesFolder) ? false : 'needs the labelled photos in ../shared/faces';

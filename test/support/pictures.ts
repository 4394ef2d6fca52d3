import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import type { Picture } from '../../vision/face.ts';
import { decodePicture } from '../../vision/picture.ts';

/** The file of one of face-api's six sample photos: groups of three to five women. One is in 1 and in 3. */
export function sampleFile(number: 1 | 2 | 3 | 4 | 5 | 6): string {
  return fileURLToPath(import.meta.resolve(`@vladmandic/face-api/demo/sample${number}.jpg`));
}

/** One of face-api's six sample photos, decoded. */
export async function samplePicture(number: 1 | 2 | 3 | 4 | 5 | 6): Promise<Picture> {
  return await readPicture(sampleFile(number));
}

/** A picture from a file. */
export async function readPicture(path: string): Promise<Picture> {
  return await decodePicture(await readFile(path));
}

/** The labelled photos that may lie beside the project; they are not part of it. */
export const facesFolder = fileURLToPath(new URL('../../../shared/faces/', import.meta.url));

/** A reason to skip a test that uses {@link facesFolder}, or false when they are there. */
export const withoutFaces = existsSync(facesFolder) ? false : 'needs the labelled photos in ../shared/faces';

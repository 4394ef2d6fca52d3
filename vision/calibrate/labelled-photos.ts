import { readdir, readFile } from 'node:fs/promises';
import path from 'node:path';
import { decodePicture, PictureError } from '../picture.ts';
import type { Recognizer } from '../recognizer.ts';
import type { TwiceDescribed } from '../second-opinion/calibration.ts';
import { unusable } from '../usable.ts';

/** A photo, and who is on it. */
export interface LabelledPhoto {
  readonly person: string;
  readonly file: string;
}

/** The photos of a folder that has one folder a person, in alphabetical order. */
export async function labelledPhotos(folder: string): Promise<LabelledPhoto[]> {
  const people = (await readdir(folder, { withFileTypes: true })).filter((entry) => entry.isDirectory());
  const photos = people.map(async ({ name: person }) => {
    const files = await readdir(path.join(folder, person));
    return files
      .filter((file) => /\.(jpe?g|png)$/i.test(file))
      .sort()
      .map((file) => ({ person, file: path.join(folder, person, file) }));
  });
  return (await Promise.all(photos)).flat();
}

/**
 * The largest face of a photo, by both descriptors; undefined when there is none that would do for a guest's photo.
 *
 * @param recognizer one whose second opinion is set behind the project's own as it is
 * @param length of the project's own
 * @throws {RecognizerError} when the engine fails
 */
export async function describedTwice(
  { person, file }: LabelledPhoto,
  recognizer: Pick<Recognizer, 'find'>,
  length: number,
): Promise<TwiceDescribed | undefined> {
  const picture = await decodePicture(await readFile(file)).catch((error: unknown) => {
    if (error instanceof PictureError) return undefined;
    throw error;
  });
  const [face] = picture ? await recognizer.find(picture, 'enrolment', { asSeen: false }) : [];
  if (!face || unusable(face, 'enrolment')) return undefined;
  const { descriptor } = face;
  return { person, first: descriptor.slice(0, length), second: descriptor.slice(length) };
}

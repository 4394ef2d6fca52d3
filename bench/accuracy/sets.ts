import { readdir } from 'node:fs/promises';
import path from 'node:path';
import { facesFolder } from '../../test/support/pictures.ts';

/** A set of labelled photos, and what is known of who is on them. */
export interface LabelledSet {
  readonly name: string;
  /**
   * `people`: a folder a person. `groups`: no two faces of one photo are one person, and nothing is known between
   * photos.
   */
  readonly kind: 'people' | 'groups';
  readonly about: string;
}

/** What lies in `../shared/faces`, where somebody has put it. */
export const labelledSets: readonly LabelledSet[] = [
  { name: 'lfw10', kind: 'people', about: 'ten people in the news, years apart' },
  { name: 'orl', kind: 'people', about: 'forty people, grey, some tightly cut' },
  { name: 'faces94', kind: 'people', about: 'eighteen students, each in one sitting' },
  { name: 'groups', kind: 'groups', about: 'group photos of adults' },
  { name: 'young', kind: 'people', about: 'young people and children' },
];

/** More photos of one person tell little more about people. */
const mostPhotos = 6;

/** A labelled photo. */
export interface SetPhoto {
  readonly file: string;
  /** Who is on it; in a group photo, its name. */
  readonly person: string;
}

/** The photos of a set, by person. */
export async function photosOf({ name, kind }: LabelledSet): Promise<SetPhoto[]> {
  const folder = path.join(facesFolder, name);
  const pictures = async (of: string) =>
    (await readdir(of)).filter((file) => /\.(jpe?g|png)$/i.test(file)).sort();
  if (kind === 'groups') {
    return (await pictures(folder)).map((file) => ({ file: path.join(folder, file), person: file }));
  }
  const photos: SetPhoto[] = [];
  for (const person of (await readdir(folder)).sort()) {
    const files = await pictures(path.join(folder, person));
    for (const file of files.slice(0, mostPhotos)) {
      photos.push({ file: path.join(folder, person, file), person: `${name}/${person}` });
    }
  }
  return photos;
}

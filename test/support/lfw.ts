import { readdir } from 'node:fs/promises';
import path from 'node:path';
import type { Face, Picture } from '../../vision/face.ts';
import type { Recognizer } from '../../vision/recognizer.ts';
import { facesFolder, readPicture } from './pictures.ts';

/** A photo of a person, and that person's face in it. */
export interface LabelledPhoto {
  readonly file: string;
  readonly picture: Picture;
  readonly face: Face | undefined;
}

/**
 * Ten people of "Labeled Faces in the Wild" with ten photos each, by name; each face as enrolment finds it, but not
 * described as cameras see it, which takes five times as long.
 */
export async function lfwPeople(recognizer: Recognizer): Promise<Map<string, LabelledPhoto[]>> {
  const people = new Map<string, LabelledPhoto[]>();
  const folder = path.join(facesFolder, 'lfw10');
  for (const person of (await readdir(folder)).sort()) {
    const photos: LabelledPhoto[] = [];
    for (const file of (await readdir(path.join(folder, person))).sort()) {
      const whole = path.join(folder, person, file);
      const picture = await readPicture(whole);
      photos.push({
        file: whole,
        picture,
        face: middlemost(await recognizer.find(picture, 'enrolment', { asSeen: false }), picture),
      });
    }
    people.set(person, photos);
  }
  return people;
}

/** The person of an LFW photo is the face nearest to its middle. */
export function middlemost(faces: readonly Face[], { width, height }: Picture): Face | undefined {
  const away = ({ box }: Face) =>
    Math.hypot(box.left + box.width / 2 - width / 2, box.top + box.height / 2 - height / 2);
  return [...faces].sort((a, b) => away(a) - away(b))[0];
}

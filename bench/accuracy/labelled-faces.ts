import { middlemost } from '../../test/support/lfw.ts';
import { readPicture } from '../../test/support/pictures.ts';
import type { Face } from '../../vision/face.ts';
import type { Recognizer } from '../../vision/recognizer.ts';
import { unusable } from '../../vision/usable.ts';
import { kept, type MeasuredFace } from './kept.ts';
import { type LabelledSet, photosOf } from './sets.ts';

/** A face that a photo of a set would enrol, and whose it is. */
export interface LabelledFace {
  readonly person: string;
  /** The photo's file. */
  readonly photo: string;
  readonly face: MeasuredFace;
}

/** The faces of a set that would be enrolled: of a person's photo the one in the middle, of a group photo all. */
export async function labelledFaces(set: LabelledSet, recognizer: Recognizer): Promise<LabelledFace[]> {
  const found = await kept(`photos-${set.name}`, async () => {
    const photos = [];
    for (const { file, person } of await photosOf(set)) {
      const picture = await readPicture(file);
      const all = await recognizer.find(picture, 'enrolment');
      const faces =
        set.kind === 'groups' ? all : [middlemost(all, picture)].filter((face) => face !== undefined);
      photos.push({ file, person, faces: faces.map(measured) });
    }
    return photos;
  });
  return found.flatMap(({ file, person, faces }) =>
    faces
      .filter((face) => !unusable(face, 'enrolment'))
      .map((face, i) => ({ person: set.kind === 'groups' ? `${person} ${i}` : person, photo: file, face })),
  );
}

/** Without what need not be kept. */
export function measured({ landmarks: _, ...face }: Face): MeasuredFace {
  return face;
}

import type { LabelledFace } from '../../bench/accuracy/labelled-faces.ts';
import type { Known } from '../../bench/accuracy/replay.ts';
import type { Recognizer } from '../../vision/recognizer.ts';
import { unusable } from '../../vision/usable.ts';
import { type LabelledPhoto, middlemost } from '../support/lfw.ts';

/** The people with one photo each, and two others of each that are shown at the door. */
export async function invited(people: ReadonlyMap<string, readonly LabelledPhoto[]>, recognizer: Recognizer) {
  const known: Known[] = [];
  const shown: LabelledFace[] = [];
  for (const [person, photos] of people) {
    const usable = photos.filter(({ face }) => face && !unusable(face, 'enrolment'));
    const [first, ...others] = usable;
    const asEnrolled = middlemost(await recognizer.find(first!.picture, 'enrolment'), first!.picture);
    known.push({ person, photos: [{ photo: 'known', ...asEnrolled! }] });
    shown.push(...others.slice(0, 2).map(({ file, face }) => ({ person, photo: file, face: face! })));
  }
  return { known, shown };
}

import type { LabelledFace } from '../../bench/accuracy/labelled-faces.ts';
import type { Known } from '../../bench/accuracy/replay.ts';
import { unusable } from '../../vision/usable.ts';
import type { LabelledPhoto } from '../support/lfw.ts';

/** The people with one photo each, and two others of each that are shown at the door. */
export function invited(people: ReadonlyMap<string, readonly LabelledPhoto[]>) {
  const known: Known[] = [];
  const shown: LabelledFace[] = [];
  for (const [person, photos] of people) {
    const usable = photos.filter(({ face }) => face && !unusable(face, 'enrolment'));
    const [first, ...others] = usable;
    known.push({ person, photos: [{ photo: 'known', ...first!.face! }] });
    shown.push(...others.slice(0, 2).map(({ file, face }) => ({ person, photo: file, face: face! })));
  }
  return { known, shown };
}

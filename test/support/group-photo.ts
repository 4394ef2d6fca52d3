import sharp from 'sharp';
import type { Picture } from '../../vision/face.ts';
import type { Recognizer } from '../../vision/recognizer.ts';
import { faceLike } from './faces.ts';

/** Each face is a square of so many pixels, in the grey of its person, beside the last one. */
const side = 200;
const step = 10;

/**
 * A photo for {@link groupRecognizer}: people beside each other, by their numbers, 1 to 25.
 *
 * @param which of such photos
 */
export function groupPortrait(people: readonly number[], which = 0): Promise<Buffer> {
  const create = (width: number, grey: number) => ({
    create: { width, height: side, channels: 3 as const, background: { r: grey, g: grey, b: grey } },
  });
  const faces = people.map((person, index) => ({
    input: create(side, person * step),
    left: index * side,
    top: 0,
  }));
  return sharp(create(people.length * side + which, 255))
    .composite(faces)
    .jpeg({ quality: 100 })
    .toBuffer();
}

/** For tests of photos with several faces but without an engine: one good face in each square that is not white. */
export const groupRecognizer: Recognizer = {
  find: async ({ data, width }: Picture) => {
    const count = Math.floor(width / side);
    return Array.from({ length: count }, (_, index) => {
      const grey = data[(index * side + side / 2) * 3]!;
      return faceLike({ person: Math.round(grey / step), left: index * side + 50, top: 40, width: 100 });
    });
  },
  close: async () => {},
};

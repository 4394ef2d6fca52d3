import sharp from 'sharp';
import type { Picture } from '../../vision/face.ts';
import type { Recognizer } from '../../vision/recognizer.ts';
import { faceLike } from './faces.ts';

/** How much brighter one person's photo is than the last one's; JPEG keeps grey to a step or two. */
const step = 10;

/**
 * A photo for {@link plainRecognizer}: all of it in the grey of one person, 0 to 25.
 *
 * @param which of the person’s photos
 */
export function plainPortrait(person: number, which = 0): Promise<Buffer> {
  const grey = person * step;
  const background = { r: grey, g: grey, b: grey };
  return sharp({ create: { width: 640 + which, height: 480, channels: 3, background } })
    .jpeg()
    .toBuffer();
}

/** For tests that need faces but no engine: in each picture it sees one good face, of the person whose grey it is. */
export const plainRecognizer: Recognizer = {
  find: async ({ data }: Picture) => [faceLike({ person: Math.round(data[0]! / step) })],
  close: async () => {},
};

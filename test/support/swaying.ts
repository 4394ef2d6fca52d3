import type { Picture } from '../../vision/face.ts';
import { changed } from './changed.ts';
import type { Shot } from './clip.ts';

/** How far people move at a time, pixels: a fifth of a face or more, for those of the samples are 150 to 230 wide. */
const step = 50;
/** So many places they have. */
const places = 4;

/**
 * A picture of people who stand there, for a clip: now and then they are at another place, as people are. Who never moves
 * while the door is watched is taken for a picture.
 *
 * @param seconds how long, in all
 * @param each how long they stay at each place
 */
export async function swaying(picture: Picture, seconds: number, each = 1): Promise<Shot[]> {
  const pictures = await Promise.all(
    Array.from({ length: places }, (_, place) => aside(picture, place * step)),
  );
  return Array.from({ length: seconds / each }, (_, time) => ({
    picture: pictures[time % places]!,
    seconds: each,
  }));
}

const aside = (picture: Picture, by: number): Promise<Picture> =>
  changed(picture, (image) =>
    image
      .extract({ left: 0, top: 0, width: picture.width - by, height: picture.height })
      .extend({ left: by, extendWith: 'copy' }),
  );

import { firstMoments, hasStayed } from '../../party/arrivals/still-faces.ts';
import { minute } from '../../party/clock.ts';
import type { Box } from '../../vision/face.ts';
import type { TrackedFace } from '../../vision/tracker.ts';

interface Followed {
  /** Where the face was at the beginning; undefined for one that moves. */
  place: Box | undefined;
  /** In so many pictures in a row it was elsewhere. */
  elsewhere: number;
  seen: number;
}

/** One picture alone may deceive. */
const believed = 2;

/**
 * Which of the faces that are followed have moved since the party began, by the rule of `still-faces.ts`: a face that
 * is there at the beginning and stays where it is may be a photo on the wall, and is not searched. Here the places
 * count, for whose face it is nobody knows before it was searched.
 */
export class StillTracks {
  #since: number | undefined;
  readonly #places: Box[] = [];
  readonly #tracks = new Map<number, Followed>();

  /** The faces of the next picture that may be somebody's who is there. @param time milliseconds since 1970 */
  moving<T extends TrackedFace>(faces: readonly T[], time: number): T[] {
    this.#since ??= time;
    const isBegin = time - this.#since <= firstMoments;
    for (const [track, { seen }] of this.#tracks) if (time - seen > minute) this.#tracks.delete(track);
    return faces.filter(({ track, face: { box } }) => {
      const followed = this.#tracks.get(track) ?? {
        place: this.#placeOf(box, isBegin),
        elsewhere: 0,
        seen: time,
      };
      this.#tracks.set(track, followed);
      followed.seen = time;
      if (!followed.place) return true;
      followed.elsewhere = hasStayed(followed.place, box) ? 0 : followed.elsewhere + 1;
      if (followed.elsewhere < believed) return false;
      followed.place = undefined;
      return true;
    });
  }

  #placeOf(box: Box, isBegin: boolean): Box | undefined {
    const known = this.#places.find((place) => hasStayed(place, box));
    if (known || !isBegin) return known;
    this.#places.push(box);
    return box;
  }
}

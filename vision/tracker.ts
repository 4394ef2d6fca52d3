import { overlap } from './boxes.ts';
import type { Box, Face } from './face.ts';
import { distanceOf } from './similarity.ts';
import { unusable } from './usable.ts';

/** A face that was found, with the track it belongs to. */
export interface TrackedFace<F extends Face = Face> {
  /** The same for one person's faces as long as the person is followed; never given twice by one tracker. */
  readonly track: number;
  readonly face: F;
}

/** A person who is not seen for so long is no longer followed: milliseconds. */
const lostAfter = 3000;

/**
 * How far descriptors of one person may lie apart from one look to the next. Farther is somebody else at the same
 * place; said only when both faces are good enough to count, for descriptors of others lie.
 */
const samePerson = 0.62;

/**
 * So near, it is taken for the same person wherever in the picture: no two adults of any set came nearer than 0.444. Not
 * a name hangs on it, but who is followed.
 */
export const surelySame = 0.44;

/** Boxes that overlap by so much (intersection over union) are at the same place. */
const samePlace = 0.2;

/** A face moves by no more than so many of its widths a second. */
const fastest = 4;

/** A step between two looks of up to so many widths is always believed: detectors waver. */
const waver = 0.5;

interface Track {
  readonly id: number;
  box: Box;
  /** Of its latest face that counts; undefined until there was one. */
  descriptor: Float32Array | undefined;
  seen: number;
}

interface Pair {
  readonly track: Track;
  readonly face: number;
  /** How badly the two fit. */
  readonly cost: number;
}

/**
 * Follows people from picture to picture: faces in a row that are one person's are one track. By place, and by
 * likeness where the faces are good enough to tell; so two people who cross keep their tracks, and one who takes
 * another's place gets a new one. A person may be missed for some seconds, as detectors do.
 */
export class Tracker {
  #tracks: Track[] = [];
  #given = 0;

  /**
   * Takes the faces of the next picture.
   *
   * @param time of the picture, milliseconds by any clock; never earlier than the last one's
   * @returns the faces in the same order
   */
  update<F extends Face>(faces: readonly F[], time: number): TrackedFace<F>[] {
    this.#tracks = this.#tracks.filter(({ seen }) => time - seen <= lostAfter);
    const trackOf = this.#assign(faces, time);
    return faces.map((face, index) => {
      const track = trackOf.get(index) ?? this.#begin(face, time);
      track.box = face.box;
      track.seen = time;
      if (counts(face)) track.descriptor = face.descriptor;
      return { track: track.id, face };
    });
  }

  /** Best pairs first; no track and no face in two. */
  #assign(faces: readonly Face[], time: number): Map<number, Track> {
    const pairs = this.#tracks
      .flatMap((track) => faces.map((face, index) => pairOf(track, face, index, time)))
      .filter((pair) => pair !== undefined)
      .sort((a, b) => a.cost - b.cost);
    const taken = new Set<Track>();
    const trackOf = new Map<number, Track>();
    for (const { track, face } of pairs) {
      if (taken.has(track) || trackOf.has(face)) continue;
      taken.add(track);
      trackOf.set(face, track);
    }
    return trackOf;
  }

  #begin(face: Face, time: number): Track {
    this.#given += 1;
    const track: Track = { id: this.#given, box: face.box, descriptor: undefined, seen: time };
    this.#tracks.push(track);
    return track;
  }
}

function pairOf(track: Track, face: Face, index: number, time: number): Pair | undefined {
  const shared = overlap(track.box, face.box);
  const steps = stepsBetween(track.box, face.box);
  const isNear = shared >= samePlace || steps <= waver + (fastest * (time - track.seen)) / 1000;
  if (!track.descriptor || !counts(face)) {
    return isNear ? { track, face: index, cost: samePerson + steps } : undefined;
  }
  const unlike = distanceOf(track.descriptor, face.descriptor);
  if (unlike > (isNear ? samePerson : surelySame)) return undefined;
  return { track, face: index, cost: unlike + 0.2 * Math.min(1, steps) };
}

/** How far the boxes' centres are apart, in widths of the face. */
function stepsBetween(a: Box, b: Box): number {
  const x = a.left + a.width / 2 - b.left - b.width / 2;
  const y = a.top + a.height / 2 - b.top - b.height / 2;
  return Math.hypot(x, y) / Math.max(1, (a.width + b.width) / 2);
}

const counts = (face: Face) => unusable(face, 'live') === undefined;

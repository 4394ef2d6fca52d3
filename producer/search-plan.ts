import { minute, second } from '../party/clock.ts';
import type { FaceMatch } from '../party/record.ts';
import type { Box, Face } from '../vision/face.ts';
import { distanceOf, SURE_DISTANCE } from '../vision/gallery.ts';
import type { TrackedFace } from '../vision/tracker.ts';
import { unusable } from '../vision/usable.ts';

/** What a search costs is bounded by these. */
export const budget = {
  /** Calls for one person who comes into the picture. */
  track: 4,
  /** Calls for one place in the picture, within a minute: whatever stands, hangs or flickers there. */
  place: 30,
} as const;

/** What makes two searches name somebody: the recognition's rules. */
export interface NamingRules {
  readonly threshold: number;
  readonly certain: number;
  readonly window: number;
}

/** Two looks at a face are so far apart at least, or they are the same picture: milliseconds. */
const leastPause = 0.4 * second;

/** A second look waits so long for a crop that is as good, then takes what there is; later looks twice as long each. */
const patience = second;

/** A crop is as good as another from this share of its goodness on; and better from this on. */
const asGood = 0.95;
const better = 1.1;

/** A face whose searches are over is searched again after so long, and then after twice as long each time. */
const renewal = minute;

/** So many faces are remembered. */
const mostFaces = 200;

interface Naming {
  readonly time: number;
  readonly faceIds: ReadonlySet<string>;
}

/** What is known of a person in the picture. */
interface Searched {
  descriptor: Float32Array;
  track: number;
  seen: number;
  calls: number;
  /** The track that is searched, until there is an answer: the face may come back as another meanwhile. */
  underway: number | undefined;
  last: { readonly call: Call; readonly goodness: number } | undefined;
  best: number;
  naming: Naming | undefined;
  /** Since when nothing more is asked about this face. */
  over: { readonly since: number; readonly named: boolean } | undefined;
  renewals: number;
}

interface Call {
  readonly time: number;
  readonly box: Box;
}

/**
 * Decides which faces are searched, so that a guest is named at once and somebody who stands about costs nothing:
 * for each person who comes into the picture a search as soon as a face is usable, another of a picture that is as
 * good or better, until two have named the person (or one for certain) or the budget is spent.
 *
 * A face that comes back goes on where it was. Whom nobody knew is asked about again after one, two, four …
 * minutes: the host may have added the guest meanwhile.
 */
export class SearchPlan {
  readonly #rules: NamingRules;
  #faces: Searched[] = [];
  #calls: Call[] = [];

  constructor(rules: NamingRules) {
    this.#rules = rules;
  }

  /** Whether somebody is in the picture whose searches are not over. */
  isCurious(time: number): boolean {
    return this.#faces.some(({ over, seen }) => !over && time - seen <= second);
  }

  /**
   * The faces of a picture to search now, the best first; each must be {@link answered} or {@link failed}.
   *
   * @param time of the picture, milliseconds since 1970
   * @param room at most so many
   */
  choose<F extends Face>(faces: readonly TrackedFace<F>[], time: number, room: number): TrackedFace<F>[] {
    this.#calls = this.#calls.filter((call) => time - call.time < minute);
    const due = faces
      .filter(({ face }) => unusable(face, 'live') === undefined)
      .map((tracked) => ({ tracked, searched: this.#find(tracked, time) }))
      .filter(({ tracked, searched }) => this.#isDue(searched, goodnessOf(tracked.face), time))
      .sort((a, b) => goodnessOf(b.tracked.face) - goodnessOf(a.tracked.face));
    const chosen: TrackedFace<F>[] = [];
    for (const { tracked, searched } of due) {
      if (chosen.length >= room || !this.#placeHasRoom(tracked.face.box)) continue;
      const goodness = goodnessOf(tracked.face);
      const call = { time, box: tracked.face.box };
      this.#calls.push(call);
      searched.underway = tracked.track;
      searched.calls += 1;
      searched.last = { call, goodness };
      searched.best = Math.max(searched.best, goodness);
      chosen.push(tracked);
    }
    return chosen;
  }

  /** @param matches what the search of this track's face gave, best first; none when it found nobody or no face */
  answered(track: number, time: number, matches: readonly FaceMatch[]): void {
    const searched = this.#faces.find(({ underway }) => underway === track);
    if (!searched) return;
    searched.underway = undefined;
    const { threshold, certain, window } = this.#rules;
    const likely = matches.filter(({ similarity }) => similarity >= threshold);
    const faceIds = new Set(likely.map(({ faceId }) => faceId));
    if (likely.some(({ similarity }) => similarity >= certain)) {
      searched.over = { since: time, named: true };
    } else if (likely.length > 0) {
      const before = searched.naming;
      // A guest has several photos: what the two searches have in common is enough.
      const again =
        before && time - before.time <= window && [...faceIds].some((id) => before.faceIds.has(id));
      if (again) searched.over = { since: time, named: true };
      searched.naming = { time, faceIds };
    }
    if (!searched.over && searched.calls >= budget.track) searched.over = { since: time, named: false };
  }

  /** The search gave no answer, and cost nothing. */
  failed(track: number): void {
    const searched = this.#faces.find(({ underway }) => underway === track);
    if (!searched) return;
    searched.underway = undefined;
    searched.calls -= 1;
    this.#calls = this.#calls.filter((call) => call !== searched.last?.call);
  }

  /** What the searches gave was lost on its way: whoever is seen next is searched as if for the first time. */
  forget(): void {
    this.#faces = this.#faces.filter(({ underway }) => underway !== undefined);
  }

  #of(track: number): Searched | undefined {
    return this.#faces.find((face) => face.track === track);
  }

  /** What is known of this person: by the track, or by the face of one who was here before. */
  #find({ track, face }: TrackedFace, time: number): Searched {
    const known = this.#of(track) ?? this.#returned(track, face, time) ?? this.#begin(track, face);
    known.seen = time;
    known.descriptor = face.descriptor;
    return known;
  }

  #returned(track: number, face: Face, time: number): Searched | undefined {
    const [nearest] = this.#faces
      .filter(({ seen }) => seen < time)
      .map((searched) => ({ searched, distance: distanceOf(searched.descriptor, face.descriptor) }))
      .filter(({ distance }) => distance <= SURE_DISTANCE)
      .sort((a, b) => a.distance - b.distance);
    if (!nearest) return undefined;
    const { searched } = nearest;
    searched.track = track;
    // Whoever is named and stays is settled; whoever goes and comes back may be asked about again.
    if (searched.over?.named) searched.over = { ...searched.over, named: false };
    return searched;
  }

  #begin(track: number, face: Face): Searched {
    const searched: Searched = {
      descriptor: face.descriptor,
      track,
      seen: 0,
      calls: 0,
      underway: undefined,
      last: undefined,
      best: 0,
      naming: undefined,
      over: undefined,
      renewals: 0,
    };
    if (this.#faces.length >= mostFaces) {
      const longestGone = this.#faces.reduce((a, b) => (b.seen < a.seen ? b : a));
      this.#faces.splice(this.#faces.indexOf(longestGone), 1);
    }
    this.#faces.push(searched);
    return searched;
  }

  #isDue(searched: Searched, goodness: number, time: number): boolean {
    if (searched.underway !== undefined) return false;
    const { over } = searched;
    if (over) {
      if (over.named || time - over.since < renewal * 2 ** searched.renewals) return false;
      searched.renewals += 1;
      Object.assign(searched, { calls: 0, last: undefined, best: 0, naming: undefined, over: undefined });
    }
    const { last, calls, best } = searched;
    if (!last) return true;
    const pause = time - last.call.time;
    if (pause < leastPause) return false;
    if (pause >= patience * 2 ** Math.max(0, calls - 1)) return true;
    // The second look is what a guest waits for; the next ones only make sense of a better picture.
    return calls <= 1 || searched.naming ? goodness >= asGood * last.goodness : goodness >= better * best;
  }

  #placeHasRoom(box: Box): boolean {
    return this.#calls.filter((call) => isSamePlace(call.box, box)).length < budget.place;
  }
}

/** Within a face's width of each other. */
function isSamePlace(a: Box, b: Box): boolean {
  const reach = Math.max(a.width, b.width, a.height, b.height);
  return (
    Math.abs(a.left + a.width / 2 - b.left - b.width / 2) <= reach &&
    Math.abs(a.top + a.height / 2 - b.top - b.height / 2) <= reach
  );
}

/** More pixels than this in a face's width tell nothing more. */
const enoughWidth = 120;

/** How good a picture of a face is for a search, 0 to 1: its size, sharpness and how straight it looks. */
export function goodnessOf({ box, pose, quality, confidence }: Face): number {
  const straight = Math.cos(radians(pose.yaw)) * Math.cos(radians(pose.pitch));
  return (
    Math.min(1, box.width / enoughWidth) * (quality.sharpness / 100) * Math.max(0, straight) * confidence
  );
}

const radians = (degrees: number) => (degrees * Math.PI) / 180;

import { second } from '../../party/clock.ts';
import type { FaceMatch } from '../../party/record/record.ts';
import type { Face } from '../../vision/face.ts';
import type { TrackedFace } from '../../vision/tracker.ts';
import { unusable } from '../../vision/usable.ts';
import type { WatchedFace } from '../../vision/watch.ts';
import { goodnessOf } from './goodness.ts';
import { KnownPeople, type KnownPerson } from './known-people.ts';
import type { NamingRules, PersonSearches } from './person-searches.ts';
import { RecentCalls } from './search-budget.ts';

/** Smaller faces are not searched, though the engine here may follow them: Rekognition finds none under 40 pixels. */
const leastWidth = 40;

/** A face that is followed, and what its picture alone says of it. */
export type SeenFace = TrackedFace & Pick<WatchedFace, 'alone'>;

/**
 * Decides which faces are searched, so that a guest is named at once and somebody who stands about costs nothing:
 * for each person who comes into the picture a search as soon as a face is usable; another at once where that was like
 * somebody, and where it was in vain some time later, or of a look that is unlike it; until two have named the person (or
 * one for certain; more, where somebody invited is easily taken for somebody else) by the rule of an arrival, or the
 * budget is spent.
 *
 * A face that comes back goes on where it was. Whom nobody knew is asked about again after one, two, four …
 * minutes: the host may have added the guest meanwhile.
 */
export class SearchPlan {
  readonly #people: KnownPeople;
  readonly #calls = new RecentCalls();

  /** @param isCareful whether somebody invited is easily taken for somebody else; nobody is when not given */
  constructor(rules: NamingRules, isCareful: () => boolean = () => false) {
    this.#people = new KnownPeople(rules, isCareful);
  }

  /** Whether somebody is in the picture whose searches are not over, or who is still to be told of. */
  isCurious(time: number): boolean {
    return this.isSearching(time) || this.#there(time).some(({ searches }) => searches.isToBeTold);
  }

  /** Whether somebody is in the picture whose searches are not over. */
  isSearching(time: number): boolean {
    return this.#there(time).some(({ searches }) => !searches.areOver);
  }

  #there(time: number): KnownPerson[] {
    return [...this.#people].filter(({ seen }) => time - seen <= second);
  }

  /**
   * The faces of a picture to search now, the best first; each must be {@link answered} or {@link failed}.
   *
   * @param time of the picture, milliseconds since 1970
   * @param room at most so many
   */
  choose<F extends SeenFace>(faces: readonly F[], time: number, room: number): F[] {
    const due = faces
      .filter(({ face }) => isSearchable(face))
      .map((tracked) => ({
        tracked,
        look: {
          goodness: goodnessOf(tracked.face),
          alone: tracked.alone,
          descriptor: tracked.face.descriptor,
        },
        searches: this.#people.see(tracked, time).searches,
      }))
      .filter(({ searches, look }) => searches.isDue(look, time))
      .sort((a, b) => b.look.goodness - a.look.goodness);
    const chosen: F[] = [];
    for (const { tracked, look, searches } of due) {
      const call = { track: tracked.track, time, box: tracked.face.box };
      if (chosen.length >= room || !this.#calls.haveRoomFor(call)) continue;
      this.#calls.add(call);
      searches.begin(call, look);
      chosen.push(tracked);
    }
    return chosen;
  }

  /**
   * The faces of the same picture whose searches found nobody, and of which the chat is to know that they are still
   * there. A search of each would tell the same and cost money. To be called after {@link choose}.
   */
  tellOf<F extends SeenFace>(faces: readonly F[], time: number): F[] {
    const told: F[] = [];
    for (const tracked of faces) {
      const searches = [...this.#people].find(
        ({ track, seen }) => track === tracked.track && seen === time,
      )?.searches;
      if (!searches?.isToBeTold || !isSearchable(tracked.face)) continue;
      searches.tell(time);
      told.push(tracked);
    }
    return told;
  }

  /** @param matches what the search of this track's face gave, best first; none when it found nobody or no face */
  answered(track: number, time: number, matches: readonly FaceMatch[]): void {
    this.#searching(track)?.answered(time, matches);
  }

  /** The search gave no answer, and cost nothing. */
  failed(track: number): void {
    const searches = this.#searching(track);
    if (!searches?.underway) return;
    this.#calls.remove(searches.underway);
    searches.failed();
  }

  /** What the searches gave was lost on its way: whoever is seen next is searched as if for the first time. */
  forget(): void {
    this.#people.forget();
  }

  #searching(track: number): PersonSearches | undefined {
    return [...this.#people].find(({ searches }) => searches.underway?.track === track)?.searches;
  }
}

const isSearchable = (face: Face) => face.box.width >= leastWidth && unusable(face, 'live') === undefined;

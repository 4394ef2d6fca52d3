import type { Face } from '../../vision/face.ts';
import { distanceOf } from '../../vision/similarity.ts';
import { surelySame, type TrackedFace } from '../../vision/tracker.ts';
import { type NamingRules, PersonSearches } from './person-searches.ts';

/** So many people are remembered. */
const mostPeople = 200;

/** What is known of a person in the picture. */
export interface KnownPerson {
  readonly track: number;
  /** When their face was seen last, milliseconds since 1970. */
  readonly seen: number;
  readonly searches: PersonSearches;
}

interface Remembered extends KnownPerson {
  track: number;
  seen: number;
  /** Of the face that was seen last. */
  descriptor: Float32Array;
}

/** The people who were seen at the door: one who comes back goes on where their searches were. */
export class KnownPeople {
  readonly #rules: NamingRules;
  readonly #isCareful: () => boolean;
  #people: Remembered[] = [];

  /** @param isCareful as in {@link PersonSearches} */
  constructor(rules: NamingRules, isCareful: () => boolean) {
    this.#rules = rules;
    this.#isCareful = isCareful;
  }

  /** In the order in which they were first seen. */
  [Symbol.iterator](): Iterator<KnownPerson> {
    return this.#people.values();
  }

  /** What is known of this person: by the track, or by the face of one who was here before. */
  see({ track, face }: TrackedFace, time: number): KnownPerson {
    const person =
      this.#people.find((known) => known.track === track) ??
      this.#returned(track, face, time) ??
      this.#begin(track, face);
    person.seen = time;
    person.descriptor = face.descriptor;
    return person;
  }

  /** Forgets all; those whose search has no answer yet, when it has one. */
  forget(): void {
    this.#people = this.#people.filter(({ searches }) => searches.underway);
    for (const { searches } of this.#people) searches.forget();
  }

  #returned(track: number, face: Face, time: number): Remembered | undefined {
    const [nearest] = this.#people
      .filter(({ seen }) => seen < time)
      .map((person) => ({ person, distance: distanceOf(person.descriptor, face.descriptor) }))
      .filter(({ distance }) => distance <= surelySame)
      .sort((a, b) => a.distance - b.distance);
    if (!nearest) return undefined;
    nearest.person.track = track;
    nearest.person.searches.cameBack();
    return nearest.person;
  }

  #begin(track: number, face: Face): Remembered {
    const searches = new PersonSearches(this.#rules, this.#isCareful);
    const person = { track, descriptor: face.descriptor, seen: 0, searches };
    if (this.#people.length >= mostPeople) {
      const longestGone = this.#people.reduce((a, b) => (b.seen < a.seen ? b : a));
      this.#people.splice(this.#people.indexOf(longestGone), 1);
    }
    this.#people.push(person);
    return person;
  }
}

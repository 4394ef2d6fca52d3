import { type Clock, second } from '../clock.ts';
import { photoIdOf } from '../guests/enrolled-face.ts';
import type { Owner } from '../guests/people.ts';
import type { FaceMatch } from '../record/record.ts';

/** An enrolment gives a face its owner within a second or two; one that takes longer was cut short. Milliseconds. */
const patience = 10 * second;

/** Beyond so many, it begins anew. */
const most = 1000;

/**
 * The faces that were just enrolled and have no owner yet. Whoever looks like one of them most may be the guest who is
 * being added at this moment, or somebody whom the host will be asked about: nobody can be named by it yet, and nobody
 * else in its place either. One whose enrolment was cut short is nobody's, and is passed over after a while.
 */
export class AwaitedFaces {
  readonly #now: Clock;
  readonly #since = new Map<string, number>();

  constructor(now: Clock) {
    this.#now = now;
  }

  /** Those of the faces whose owner is worth waiting for, by FaceId. */
  among(matches: Iterable<FaceMatch>, owners: ReadonlyMap<string, Owner>): Set<string> {
    const now = this.#now();
    if (this.#since.size > most) this.#since.clear();
    const awaited = new Set<string>();
    for (const { faceId, externalImageId } of matches) {
      if (owners.has(faceId) || photoIdOf(externalImageId) === undefined) continue;
      const since = this.#since.get(faceId) ?? now;
      this.#since.set(faceId, since);
      if (Math.abs(now - since) < patience) awaited.add(faceId);
    }
    return awaited;
  }
}

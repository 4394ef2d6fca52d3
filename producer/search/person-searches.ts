import { minute, second } from '../../party/clock.ts';
import type { FaceMatch } from '../../party/record/record.ts';
import { budget, type Call } from './search-budget.ts';

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

/** The searches from the first one until they are over. */
interface Round {
  calls: number;
  last: { readonly time: number; readonly goodness: number } | undefined;
  best: number;
  naming: { readonly time: number; readonly faceIds: ReadonlySet<string> } | undefined;
  /** Since when nothing more is asked about this face. */
  over: { readonly since: number; readonly named: boolean } | undefined;
}

const newRound = (): Round => ({
  calls: 0,
  last: undefined,
  best: 0,
  naming: undefined,
  over: undefined,
});

/** The searches of one person's face: until they have named somebody or the person's budget is spent. */
export class PersonSearches {
  readonly #rules: NamingRules;
  #round = newRound();
  #renewals = 0;
  #underway: Call | undefined;

  constructor(rules: NamingRules) {
    this.#rules = rules;
  }

  /** The call that has no answer yet. */
  get underway(): Call | undefined {
    return this.#underway;
  }

  /** Whether nothing more is asked about this person for now. */
  get areOver(): boolean {
    return this.#round.over !== undefined;
  }

  /** Whether a face of this goodness is searched now. A person whose pause is over begins anew. */
  isDue(goodness: number, time: number): boolean {
    if (this.#underway) return false;
    const { over } = this.#round;
    if (over) {
      if (over.named || time - over.since < renewal * 2 ** this.#renewals) return false;
      this.#renewals += 1;
      this.#round = newRound();
    }
    const { last, calls, best, naming } = this.#round;
    if (!last) return true;
    const pause = time - last.time;
    if (pause < leastPause) return false;
    if (pause >= patience * 2 ** Math.max(0, calls - 1)) return true;
    // The second look is what a guest waits for; the next ones only make sense of a better picture.
    return calls <= 1 || naming ? goodness >= asGood * last.goodness : goodness >= better * best;
  }

  /** A call is made for a face of this goodness; it must be {@link answered} or {@link failed}. */
  begin(call: Call, goodness: number): void {
    this.#underway = call;
    this.#round.calls += 1;
    this.#round.last = { time: call.time, goodness };
    this.#round.best = Math.max(this.#round.best, goodness);
  }

  /** @param matches what the search gave, best first; none when it found nobody or no face */
  answered(time: number, matches: readonly FaceMatch[]): void {
    this.#underway = undefined;
    const { threshold, certain, window } = this.#rules;
    const likely = matches.filter(({ similarity }) => similarity >= threshold);
    const faceIds = new Set(likely.map(({ faceId }) => faceId));
    const round = this.#round;
    if (likely.some(({ similarity }) => similarity >= certain)) {
      round.over = { since: time, named: true };
    } else if (likely.length > 0) {
      const before = round.naming;
      // A guest has several photos: what the two searches have in common is enough.
      const again =
        before && time - before.time <= window && [...faceIds].some((id) => before.faceIds.has(id));
      if (again) round.over = { since: time, named: true };
      round.naming = { time, faceIds };
    }
    if (!round.over && round.calls >= budget.track) round.over = { since: time, named: false };
  }

  /** The call gave no answer, and cost nothing. */
  failed(): void {
    this.#underway = undefined;
    this.#round.calls -= 1;
  }

  /** Whoever is named and stays is settled; whoever goes and comes back may be asked about again. */
  cameBack(): void {
    if (this.#round.over) this.#round.over = { ...this.#round.over, named: false };
  }
}

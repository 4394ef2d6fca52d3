import { hasArrived, leader } from '../../party/arrivals/arrival-rule.ts';
import { minute, second } from '../../party/clock.ts';
import type { SightingRules } from '../../party/recognition/rules.ts';
import type { FaceMatch } from '../../party/record/record.ts';
import { unknownRule } from '../../party/unknown-faces/unknown-rule.ts';
import { distanceOf, matchDistance } from '../../vision/similarity.ts';
import { budget, type Call } from './search-budget.ts';

/** What it takes until a face is named: the recognition's rules, of which the poses are the engine's business. */
export type NamingRules = Pick<SightingRules, 'threshold' | 'certain' | 'margin' | 'window' | 'careful'>;

/** Two searches of a face are so far apart at least, or they are of the same look: milliseconds. */
const leastPause = 0.4 * second;

/** After a search in vain the second look waits so long, and each later one twice as long: milliseconds. */
const patience = second;

/**
 * Looks that are like each other say the same. So one that is like none of those searched in vain does not wait, if it is
 * so good a picture, as a share of the best; nor does one that is so much better. In a film in which a man is like his
 * photo for two seconds of eleven this names him in 70 of 100 tries, by 4.5 searches each; searching whatever is a tenth
 * better did in 55, by 4.7.
 */
const nearlyAsGood = 0.75;
const farBetter = 2;

/** A face whose searches are over is searched again after so long, and then after twice as long each time. */
const renewal = minute;

/** After so many searches that found nobody, the looks at a face are told of without one. */
const nobodyAfter = 3;

/**
 * Until so many of them are near enough in time for the chat to ask a host who it is (`unknown-rule.ts`); but no more than
 * so many: a machine that looks too seldom never has them.
 */
const { looks: toldLooks, window: toldWithin } = unknownRule;
const mostTold = 4 * toldLooks;

/** A look at a face, as far as it decides whether it is searched. */
export interface SearchableLook {
  /** How good a picture it is, 0 to 1 (`goodness.ts`). */
  readonly goodness: number;
  /** What it alone says of the face; undefined when it was not described. */
  readonly alone: Float32Array | undefined;
  /** What all looks say: the next best, of a look that was not described. */
  readonly descriptor: Float32Array;
}

/** The searches from the first one until they are over. */
interface Round {
  calls: number;
  /** How many were answered, and whether each of them found nobody at all. */
  answers: number;
  foundNobody: boolean;
  /** When the looks were that were told of without a search. */
  told: readonly number[];
  last: (Pick<SearchableLook, 'descriptor'> & { readonly time: number }) | undefined;
  best: number;
  /** What those looks say that were searched and like nobody in particular. */
  inVain: readonly Float32Array[];
  /** Which indexed face led in which picture. */
  sightings: ReadonlyArray<{ readonly faceId: string; readonly time: number }>;
  /** Since when nothing more is asked about this face. */
  over: { readonly since: number; readonly named: boolean } | undefined;
}

const newRound = (): Round => ({
  calls: 0,
  answers: 0,
  foundNobody: true,
  told: [],
  last: undefined,
  best: 0,
  inVain: [],
  sightings: [],
  over: undefined,
});

/** The searches of one person's face: until they have named somebody or the person's budget is spent. */
export class PersonSearches {
  readonly #rules: NamingRules;
  readonly #isCareful: () => boolean;
  #round = newRound();
  #renewals = 0;
  #underway: Call | undefined;
  /** The answer that is waited for counts for nothing, nor does what was before. */
  #isOutdated = false;

  /** @param isCareful whether this may be somebody who is easily taken for somebody else; asked anew each time */
  constructor(rules: NamingRules, isCareful: () => boolean) {
    this.#rules = rules;
    this.#isCareful = isCareful;
  }

  /** The call that has no answer yet. */
  get underway(): Call | undefined {
    return this.#underway;
  }

  /** Whether nothing more is asked about this person for now. */
  get areOver(): boolean {
    return this.#round.over !== undefined;
  }

  /** Whether this look is searched now. A person whose pause is over begins anew. */
  isDue(look: SearchableLook, time: number): boolean {
    if (this.#underway) return false;
    this.#endWhenSpent(time);
    const { over } = this.#round;
    if (over) {
      if (over.named || time - over.since < renewal * 2 ** this.#renewals) return false;
      this.#renewals += 1;
      this.#round = newRound();
    }
    const { last, calls, foundNobody } = this.#round;
    if (!last) return true;
    const pause = time - last.time;
    if (pause < leastPause) return false;
    // A guest waits for the look that confirms a sighting; and one who was like two guests, for one that tells them apart.
    if (this.#awaitsSecond(time) || (calls === 1 && !foundNobody)) return true;
    return pause >= patience * Math.min(calls, 2) || this.#promises(look);
  }

  /** Whether a look may say what those before it have not said. */
  #promises({ goodness, alone }: SearchableLook): boolean {
    const { best, inVain } = this.#round;
    if (goodness >= farBetter * best) return true;
    if (!alone || goodness < nearlyAsGood * best) return false;
    return inVain.every((other) => distanceOf(other, alone) > matchDistance);
  }

  /** A call is made for this look; it must be {@link answered} or {@link failed}. */
  begin(call: Call, { goodness, alone, descriptor }: SearchableLook): void {
    this.#underway = call;
    this.#round.calls += 1;
    this.#round.last = { descriptor: alone ?? descriptor, time: call.time };
    this.#round.best = Math.max(this.#round.best, goodness);
  }

  /**
   * Whom the search named, if anybody, is decided as the match Lambda decides it, but each FaceId counts as another
   * person: `arrival-rule.ts` says why.
   *
   * @param time the picture's, milliseconds since 1970
   * @param matches what the search gave; none when it found nobody or no face
   */
  answered(time: number, matches: readonly FaceMatch[]): void {
    this.#underway = undefined;
    if (this.#isOutdated) {
      this.#beginAnew();
      return;
    }
    const round = this.#round;
    round.answers += 1;
    if (matches.length > 0) round.foundNobody = false;
    const isEasilyMistaken = this.#isCareful();
    const candidates = matches.map((match) => ({ ...match, isEasilyMistaken }));
    const seen = leader(candidates, this.#rules);
    if (seen) {
      const { faceId, similarity } = seen;
      round.sightings = [...round.sightings, { faceId, time }];
      const times = round.sightings
        .filter((other) => other.faceId === faceId)
        .map((sighting) => sighting.time);
      if (hasArrived({ times, similarity, isEasilyMistaken }, this.#rules))
        round.over = { since: time, named: true };
    } else if (round.last) round.inVain = [...round.inVain, round.last.descriptor];
    this.#endWhenSpent(time);
  }

  /** Whether the searches so far found nobody, and some looks at the face are still to be told of. */
  get isToBeTold(): boolean {
    const { answers, foundNobody, told } = this.#round;
    if (this.#underway || !foundNobody || answers < nobodyAfter) return false;
    const [first, last] = [told.at(-toldLooks), told.at(-1)];
    const isToldEnough = first !== undefined && last! - first <= toldWithin;
    return !isToldEnough && told.length < mostTold;
  }

  /** A look is told of without a search: that nobody is found is what the searches of this very face have said. */
  tell(time: number): void {
    this.#round.told = [...this.#round.told, time];
  }

  /** The call gave no answer, and cost nothing. */
  failed(): void {
    this.#underway = undefined;
    if (this.#isOutdated) this.#beginAnew();
    else this.#round.calls -= 1;
  }

  /** What is known of this person counts for nothing any more, nor will the answer of the call under way. */
  forget(): void {
    this.#isOutdated = true;
  }

  #beginAnew(): void {
    this.#isOutdated = false;
    this.#round = newRound();
    this.#renewals = 0;
  }

  /** Whether a sighting may still become an arrival by one more look. */
  #awaitsSecond(time: number): boolean {
    return this.#round.sightings.some((sighting) => time - sighting.time <= this.#rules.window);
  }

  /**
   * Single looks at a guest who moves are like the photo and unlike it by turns: whoever was like it once is looked at
   * some times more. A stranger seldom is.
   */
  #endWhenSpent(time: number): void {
    const round = this.#round;
    if (round.over) return;
    const most = budget.track + (this.#awaitsSecond(time) ? budget.confirmation : 0);
    if (round.calls >= most) round.over = { since: time, named: false };
  }

  /** Whoever is named and stays is settled; whoever goes and comes back may be asked about again. */
  cameBack(): void {
    if (this.#round.over) this.#round.over = { ...this.#round.over, named: false };
  }
}

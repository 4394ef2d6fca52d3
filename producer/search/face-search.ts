import { type Clock, second } from '../../party/clock.ts';
import { prices } from '../../party/costs/prices.ts';
import type { Log } from '../../party/log.ts';
import { loggable } from '../../party/loggable.ts';
import type { MatchedFaceJson } from '../../party/record/record.ts';
import type { Face } from '../../vision/face.ts';
import type { Aws } from '../aws/aws.ts';
import { callFailureOf, passes } from '../aws/call-failure.ts';
import type { Frame } from '../camera/frame.ts';
import { problemText } from '../door/problems.text.ts';
import type { Problems } from '../door/problems.ts';
import { cropFace } from './crop.ts';

/** What the search needs. */
export interface FaceSearchParts {
  readonly search: Aws['search'];
  readonly problems: Problems;
  readonly log: Log;
  /** A clock that nobody sets, milliseconds. */
  readonly now: Clock;
  /** How many searches there may be in all; each costs money. */
  readonly most: number;
}

/** What a search came to. */
export interface Searched {
  /** Most similar first; none when nobody is like the face, or Rekognition sees none in the crop. */
  readonly matches: MatchedFaceJson[];
}

/** After a failure nothing is searched for this long, twice as long after each further one, and at most so long. */
const [shortest, longest] = [second, 30 * second];

/** Searches faces one by one, up to a number of them; while AWS does not answer or refuses, it asks seldom. */
export class FaceSearch {
  readonly #parts: FaceSearchParts;
  #pause = 0;
  #notBefore = Number.NEGATIVE_INFINITY;
  #left: number;

  constructor(parts: FaceSearchParts) {
    this.#parts = parts;
    this.#left = parts.most;
  }

  /** Whether AWS is asked at all now. */
  get isReady(): boolean {
    return this.#left > 0 && this.#parts.now() >= this.#notBefore;
  }

  /** @returns undefined when there was no answer */
  async search({ picture }: Frame, { box }: Face, others: readonly Face[]): Promise<Searched | undefined> {
    const { search, problems, log, now } = this.#parts;
    this.#spend();
    try {
      const crop = await cropFace(
        picture,
        box,
        others.map((other) => other.box),
      );
      const matches = (await search(crop)) ?? [];
      this.#pause = 0;
      problems.solved('search');
      return { matches };
    } catch (error) {
      const failure = callFailureOf(error);
      // Those that were under way together are one failure.
      if (now() >= this.#notBefore) {
        this.#pause = passes(failure) ? Math.min(longest, Math.max(shortest, 2 * this.#pause)) : longest;
        this.#notBefore = now() + this.#pause;
      }
      problems.has('search', problemText.aws('face search', failure));
      log.warn('A face search failed', { failure, againInMs: this.#pause, ...loggable(error) });
      return undefined;
    }
  }

  /** A setting that is far from what a party needs: whoever comes to it has a picture that is taken for a crowd. */
  #spend(): void {
    this.#left--;
    if (this.#left > 0) return;
    const { problems, log, most } = this.#parts;
    problems.has(
      'budget',
      problemText.searchedEnough(most, `$${(most * prices.imageSearched.dollars).toFixed(2)}`),
    );
    log.warn('No further face is searched in this party', { searched: most });
  }
}

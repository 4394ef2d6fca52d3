import { type LookPace, paceAt } from '../../party/parties/look-pace.ts';
import { load, mostLooks, type PaceHints } from './pace.ts';

/** How fast the mean follows what a look took. */
const follow = 0.2;

/** How long the rate is counted over: milliseconds. */
const counted = 10_000;

/**
 * The pace at the door from the side of the one who looks. The pictures are chosen where they are decoded, by
 * {@link MotionPace}; what it must know of the looking goes with each request for the next picture.
 */
export class DoorPace {
  readonly #now: () => number;
  #took = 0;
  #isCurious = false;
  #held: LookPace = 'enough';
  #looks: number[] = [];

  /** @param now a clock that nobody sets, milliseconds */
  constructor(now: () => number = () => performance.now()) {
    this.#now = now;
  }

  /** How many pictures a second were looked at of late, to one decimal. */
  get framesPerSecond(): number {
    const now = this.#now();
    const looks = this.#looks.filter((look) => look > now - counted);
    if (looks.length < 2) return 0;
    // Between the first and the last lies one interval less than there are looks.
    const span = Math.max(now - looks[0]!, 1000);
    return Math.round(((looks.length - 1) / span) * 10_000) / 10;
  }

  /** Whether this computer can look so often that somebody is recognised, whether or not there is anybody now. */
  get held(): LookPace {
    return this.#held;
  }

  /** Looks closely for some time more: there is somebody to be recognised. */
  stayAwake(): void {
    this.#isCurious = true;
  }

  /** A picture was looked at, and it took so many milliseconds. */
  looked(took: number): void {
    this.#took += follow * (took - this.#took);
    this.#held = paceAt((1000 * load) / Math.max(this.#took, 1), this.#held);
    this.#looks.push(this.#now());
    if (this.#looks.length > 2 * mostLooks * (counted / 1000)) this.#looks.shift();
  }

  /** What was found out since this was asked last. */
  takeHints(): PaceHints {
    const hints = { took: this.#took, isCurious: this.#isCurious };
    this.#isCurious = false;
    return hints;
  }
}

/** Chooses among a camera's pictures those that are looked at. */
export interface Pace {
  /** Whether key frames alone will do for now: what lies between them need not be decoded. */
  readonly isIdle: boolean;
  /**
   * Whether a picture is looked at.
   *
   * @param time when it was seen, milliseconds by a clock that only goes on
   * @param glance a small grey picture of it; only made when asked for
   */
  isDue(time: number, glance: () => Promise<Uint8Array>): boolean | Promise<boolean>;
}

/** So many pictures a second, whatever they show. */
export function steadyPace(perSecond: number): Pace {
  const interval = 1000 / perSecond;
  let next = Number.NEGATIVE_INFINITY;
  return {
    isIdle: false,
    isDue(time) {
      if (time < next) return false;
      // Counted from the time that was due, lest every late frame slows the rate; but a gap is not made up for.
      next = (time - next < interval ? next : time) + interval;
      return true;
    },
  };
}

/** The most pictures a second that are looked at. */
export const mostLooks = 5;

/** Pictures a second while something moves, and while nothing does. */
const [moving, still] = [mostLooks, 1];

/** After the last movement it goes on looking closely for so long: milliseconds. */
const hold = 5000;

/** A frame that comes a little early counts as on time: cameras waver. Milliseconds. */
const waver = 20;

/** This share of the time may be spent on looking; what a slower machine cannot hold is left out. */
export const load = 0.8;

/** What the one who looks at the pictures has to say on which come next. */
export interface PaceHints {
  /** How long a look takes, milliseconds. */
  readonly took: number;
  /** Whether there is somebody to be recognised, so that it has to be looked at closely. */
  readonly isCurious: boolean;
}

/** Five pictures a second while something moves at the door, one while nothing does, and fewer if a look takes long. */
export class MotionPace implements Pace {
  readonly #now: () => number;
  #last = Number.NEGATIVE_INFINITY;
  #glanced = Number.NEGATIVE_INFINITY;
  #before: Uint8Array | undefined;
  #awakeUntil = Number.NEGATIVE_INFINITY;
  #took = 0;

  /** @param now a clock that nobody sets, milliseconds */
  constructor(now: () => number = () => performance.now()) {
    this.#now = now;
  }

  get isIdle(): boolean {
    return this.#now() > this.#awakeUntil;
  }

  hint({ took, isCurious }: PaceHints): void {
    this.#took = took;
    if (isCurious) this.#stayAwake();
  }

  async isDue(time: number, glance: () => Promise<Uint8Array>): Promise<boolean> {
    const closest = Math.max(1000 / moving, this.#took / load) - waver;
    if (time - Math.max(this.#last, this.#glanced) < closest) return false;
    this.#glanced = time;
    const now = await glance();
    if (this.#before === undefined || hasMoved(this.#before, now)) this.#stayAwake();
    this.#before = now;
    const pause = this.isIdle ? Math.max(1000 / still - waver, closest) : closest;
    if (time - this.#last < pause) return false;
    this.#last = time;
    return true;
  }

  #stayAwake(): void {
    this.#awakeUntil = this.#now() + hold;
  }
}

/** A pixel of the small picture has changed when its brightness (0 to 255) did by more than this. */
const change = 12;

/** Something moves when this share of the small picture has changed: about a face 30 pixels wide in 720p. */
const moved = 0.003;

/** Whether something moved between two small grey pictures. A change that all share (a lamp, the exposure) is none. */
export function hasMoved(before: Uint8Array, now: Uint8Array): boolean {
  if (before.length !== now.length) return true;
  let sum = 0;
  for (let i = 0; i < now.length; i++) sum += now[i]! - before[i]!;
  const shared = sum / now.length;
  let changed = 0;
  for (let i = 0; i < now.length; i++) if (Math.abs(now[i]! - before[i]! - shared) > change) changed += 1;
  return changed >= moved * now.length;
}

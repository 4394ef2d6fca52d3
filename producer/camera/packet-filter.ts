/** A packet of a live video, as far as it matters whether it is decoded. */
export interface LivePacket {
  readonly isKeyframe: boolean;
  /** Milliseconds on the video's own clock; undefined when the camera does not say. */
  readonly time: number | undefined;
}

/** Further behind than this, the decoder cannot keep up: milliseconds. */
const behindMs = 1000;

/** So near to the live picture it goes on: milliseconds. */
const caughtUp = 300;

/** Who is behind for so long is not: the video's clock was set. Milliseconds. */
const clockWasSet = 5000;

/** No camera's clock runs slower than the machine's by more than this share. */
const slower = 0.002;

/** A picture that the decoder held back for so long is not of now: milliseconds. */
const stale = 500;

/** Key frames further apart than this tell too little of what happens in between: milliseconds. */
const seldom = 2000;

/**
 * Chooses which packets of a live video are decoded. Most of the cost of watching a camera is decoding, and two
 * things save it: while nothing moves, key frames alone will do; and a machine that cannot keep up (4K on a small
 * computer) leaves out what it is late for, so that it sees less and never sees the past.
 *
 * A packet between two key frames can be decoded only if all since the first were. So whatever is left out, it is left
 * out up to the next key frame.
 */
export class PacketFilter {
  readonly #keysOnly: () => boolean;
  readonly #now: () => number;
  /** The machine's clock less the video's, at the least; what is more is how far behind the decoder is. */
  #least: { difference: number; at: number } | undefined;
  #behindSince: number | undefined;
  #lastKey: number | undefined;
  #keyInterval = Number.POSITIVE_INFINITY;
  #broken = false;
  #decoded: number | undefined;
  #newest = Number.NEGATIVE_INFINITY;

  /**
   * @param keysOnly whether key frames alone will do now
   * @param now a clock that nobody sets, milliseconds
   */
  constructor(keysOnly: () => boolean, now: () => number = () => performance.now()) {
    this.#keysOnly = keysOnly;
    this.#now = now;
  }

  /** Whether the decoder cannot keep up with the camera. */
  get isBehind(): boolean {
    return this.#behindSince !== undefined;
  }

  /**
   * The decoder gave the picture of this moment of the video.
   *
   * @returns whether it is of now; one that reorders gives some only with the next packet, however late that comes
   */
  decoded(time: number): boolean {
    this.#decoded = time;
    return time >= this.#newest - stale;
  }

  /** Whether to decode the next packet. */
  takes({ isKeyframe, time }: LivePacket): boolean {
    const isLate = time !== undefined && this.#isLate(time);
    if (isKeyframe) {
      if (time !== undefined && this.#lastKey !== undefined) this.#keyInterval = time - this.#lastKey;
      this.#lastKey = time;
    }
    const isSkipped = isLate || (!isKeyframe && (this.#broken || this.#keysWillDo()));
    this.#broken = isSkipped || (this.#broken && !isKeyframe);
    if (!isSkipped && time !== undefined) this.#newest = time;
    return !isSkipped;
  }

  /** Only when the decoder has given the last one: one that reorders gives it with a later packet. */
  #keysWillDo(): boolean {
    return (
      this.#keyInterval <= seldom &&
      this.#decoded !== undefined &&
      this.#lastKey !== undefined &&
      this.#decoded >= this.#lastKey &&
      this.#keysOnly()
    );
  }

  #isLate(time: number): boolean {
    const now = this.#now();
    const difference = now - time;
    const least = this.#least;
    const allowed = least && least.difference + (now - least.at) * slower;
    if (allowed === undefined || difference <= allowed) this.#least = { difference, at: now };
    const behind = allowed === undefined ? 0 : Math.max(0, difference - allowed);
    if (behind <= (this.#behindSince === undefined ? behindMs : caughtUp)) {
      this.#behindSince = undefined;
      return false;
    }
    this.#behindSince ??= now;
    if (now - this.#behindSince < clockWasSet) return true;
    this.#least = { difference, at: now };
    this.#behindSince = undefined;
    return false;
  }
}

/**
 * A picture that comes so much later than its own time says is not of the same reckoning: the camera's clock was set.
 * Milliseconds.
 */
const clockWasSet = 10_000;

/** None can come before it was taken; so much is how unevenly they come: milliseconds. */
const uneven = 500;

/** A fragment of which no picture came nearer to its time than this shows that the clocks drift apart: milliseconds. */
const drifted = 250;

/** When a picture was taken. */
export interface FrameTime {
  /** Whole milliseconds since 1970, later than that of the picture before. */
  readonly time: number;
  /** Whether it is of the same reckoning as the picture before; otherwise the video goes on elsewhere in time. */
  readonly isContinuous: boolean;
}

/**
 * Puts the times of a camera's video, which begin anywhere and may begin anew, into absolute ones. What the network
 * delays is not in them: they keep the camera's own distances, and the clocks are held together fragment by fragment.
 */
export class FrameClock {
  /** Absolute time less the video's. */
  #difference: number | undefined;
  /** The least of this fragment: that of the picture that was least delayed. */
  #least = Number.POSITIVE_INFINITY;
  #last = Number.NEGATIVE_INFINITY;

  /**
   * @param sent by the video's own clock, milliseconds; undefined when the camera does not say
   * @param arrived when it came, milliseconds since 1970
   */
  timeOf(sent: number | undefined, arrived: number): FrameTime {
    // What says no time is of when it came.
    if (sent === undefined) return { time: this.#after(arrived), isContinuous: true };
    const difference = arrived - sent;
    const isFirst = this.#difference === undefined;
    const before = this.#difference ?? difference;
    const wasSet = Math.abs(difference - before) > clockWasSet;
    if (isFirst || wasSet || difference < before - uneven) {
      this.#difference = difference;
      this.#least = difference;
    }
    this.#least = Math.min(this.#least, difference);
    return { time: this.#after(this.#difference! + sent), isContinuous: !wasSet };
  }

  /** When a picture would have been taken, by the reckoning so far; nothing changes. */
  peek(sent: number | undefined, arrived: number): number {
    return sent === undefined || this.#difference === undefined ? arrived : this.#difference + sent;
  }

  /** To be called before the first picture of a fragment: only there may the reckoning move on. */
  fragmentBegins(): void {
    const isDrifted =
      this.#difference !== undefined &&
      Number.isFinite(this.#least) &&
      Math.abs(this.#least - this.#difference) > drifted;
    if (isDrifted) this.#difference = this.#least;
    this.#least = Number.POSITIVE_INFINITY;
  }

  #after(time: number): number {
    this.#last = Math.max(Math.round(time), this.#last + 1);
    return this.#last;
  }
}

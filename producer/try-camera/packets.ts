import type { ObservedPacket } from '../camera/video.ts';

/** What a video's packets say of how it is coded. What cannot be known is undefined. */
export interface Packets {
  readonly framesPerSecond: number | undefined;
  /** The usual time from one key frame to the next, milliseconds; undefined when fewer than two came. */
  readonly keyInterval: number | undefined;
  /** How long was watched by the video's own clock, milliseconds. */
  readonly span: number;
  /** Whether frames are sent in another order than they are shown in. */
  readonly hasBFrames: boolean;
  readonly bitsPerSecond: number | undefined;
}

/** Sums up a video's packets. */
export class PacketStatistics {
  readonly #times: number[] = [];
  readonly #keyTimes: number[] = [];
  #bytes = 0;
  #reordered = 0;
  #beginsWithKey = false;

  add({ isKeyframe, time, size }: ObservedPacket): void {
    this.#bytes += size;
    if (time === undefined) {
      // FFmpeg has no time for a camera's first packet.
      if (this.#times.length === 0) this.#beginsWithKey ||= isKeyframe;
      return;
    }
    const last = this.#times.at(-1);
    if (last !== undefined && time < last) this.#reordered += 1;
    this.#times.push(time);
    if (isKeyframe) this.#keyTimes.push(time);
  }

  sum(): Packets {
    const times = this.#times.toSorted((a, b) => a - b);
    const [first = 0] = times;
    const span = times.length < 2 ? 0 : times.at(-1)! - first;
    const frame = span / (times.length - 1);
    const keys = [...(this.#beginsWithKey && span > 0 ? [first - frame] : []), ...this.#keyTimes];
    const intervals = keys.slice(1).map((time, index) => time - keys[index]!);
    return {
      framesPerSecond: span > 0 ? 1000 / frame : undefined,
      keyInterval: intervals.toSorted((a, b) => a - b)[Math.floor(intervals.length / 2)],
      span,
      // One step back may be a clock that was set.
      hasBFrames: this.#reordered > 1,
      bitsPerSecond: span > 0 ? (this.#bytes * 8 * 1000) / span : undefined,
    };
  }
}

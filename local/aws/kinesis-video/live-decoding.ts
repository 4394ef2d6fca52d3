import type { TimedPicture } from './decoder-process.ts';
import type { UploadedTrack } from './matroska-reader.ts';
import type { UploadedFrame } from './uploaded-fragment.ts';
import { VideoDecoder } from './video-decoder.ts';

/** Pictures are given so far apart, in the video's own time: milliseconds. That is five a second. */
const apart = 200;

/** Clocks of cameras waver. Milliseconds. */
const waver = 10;

/** Who is this far behind, by the frames' own times, goes on at the newest key frame: milliseconds. */
const behind = 1000;

/** Decodes the frames of one track as they come, and gives five pictures a second. */
export class LiveDecoding {
  readonly #onPicture: (picture: TimedPicture) => void;
  readonly #onDone: () => void;
  #track: UploadedTrack | undefined;
  #decoder: VideoDecoder | undefined;
  #waiting: UploadedFrame[] = [];
  #isAtWork = false;
  #due = Number.NEGATIVE_INFINITY;

  /** @param onDone told of each frame that is not waited for any more */
  constructor(onPicture: (picture: TimedPicture) => void, onDone: () => void) {
    this.#onPicture = onPicture;
    this.#onDone = onDone;
  }

  /** The frames from now on are of this track; the first of them is a key frame. */
  follow(track: UploadedTrack): void {
    this.#leaveOut(this.#waiting.length);
    this.#track = track;
  }

  take(frame: UploadedFrame): void {
    this.#waiting.push(frame);
    const newestKey = this.#waiting.findLastIndex(({ isKey }) => isKey);
    if (newestKey > 0 && frame.time - this.#waiting[0]!.time > behind) this.#leaveOut(newestKey);
    void this.#work();
  }

  #leaveOut(count: number): void {
    for (const _ of this.#waiting.splice(0, count)) this.#onDone();
  }

  async #work(): Promise<void> {
    if (this.#isAtWork) return;
    this.#isAtWork = true;
    for (let frame = this.#waiting.shift(); frame; frame = this.#waiting.shift()) {
      // A frame that cannot be decoded is no reason not to decode the next one.
      await this.#decode(frame).catch(() => {});
      this.#onDone();
    }
    this.#isAtWork = false;
  }

  async #decode(frame: UploadedFrame): Promise<void> {
    if (this.#track) {
      const track = this.#track;
      this.#track = undefined;
      this.#decoder?.close();
      this.#decoder = undefined;
      this.#decoder = await VideoDecoder.open(track);
    }
    for await (const { time, picture } of this.#decoder?.decode(frame) ?? []) {
      if (!this.#isDue(time)) continue;
      this.#onPicture({ time, ...(await picture()) });
    }
  }

  /** Counted from the time that was due, lest every uneven one slows the rate; but a gap is not made up for. */
  #isDue(time: number): boolean {
    const isAnew = time < this.#due - apart - waver;
    if (!isAnew && time < this.#due - waver) return false;
    this.#due = (isAnew || time - this.#due >= apart ? time : this.#due) + apart;
    return true;
  }
}

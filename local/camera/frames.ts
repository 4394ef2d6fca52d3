import type { Clock } from '../../party/clock.ts';
import type { Frame } from '../../producer/camera/frame.ts';
import { Broadcast } from './broadcast.ts';
import { Listeners } from './listeners.ts';
import { PicturesOnDisk } from './pictures-on-disk.ts';
import { type CameraPicture, RetainedPictures } from './retained.ts';

const retained = { milliseconds: 60_000, bytes: 32 * 1024 * 1024 };
/** The span over which frames a second are counted, in milliseconds. */
const rateSpan = 3_000;
/** A frame's time may be ahead by so much, in milliseconds: clocks of two processes agree, but not wholly. */
const mostAhead = 1_000;

/** The frames of a camera: handed out as they come, and kept for a while as JPEGs. */
export class CameraFrames {
  readonly #live = new Broadcast<Frame>();
  readonly #webcam = new Broadcast<Frame>();
  readonly #pictures = new RetainedPictures(retained);
  readonly #disk: PicturesOnDisk;
  readonly #now: Clock;
  readonly #listeners = new Listeners<CameraPicture>();
  #lastTime = 0;
  #keeping: Promise<unknown> = Promise.resolve();

  /**
   * @param folder where some of the pictures outlive the program
   * @param now the clock that frames are seen by, milliseconds since 1970
   */
  constructor(folder: string, now: Clock) {
    this.#now = now;
    this.#disk = new PicturesOnDisk(folder, now());
  }

  /**
   * Hands the frame out at once; done when it is kept.
   *
   * @param isWebcam whether a page sent it
   */
  async publish(frame: Frame, isWebcam: boolean): Promise<void> {
    // Times rise strictly, so that a time names one picture; and they are whole, as records and the names of files have
    // them: a video of 29.97 frames a second is not. None is far ahead, or all after it would have to be too.
    const seen = Math.min(Math.round(frame.time), this.#now() + mostAhead);
    const time = Math.max(seen, this.#lastTime + 1);
    this.#lastTime = time;
    this.#live.publish({ time, picture: frame.picture });
    if (isWebcam) this.#webcam.publish({ time, picture: frame.picture });
    const picture = { time, ...frame.picture };
    this.#pictures.add(picture);
    this.#listeners.tell(picture);
    // A disk that is full takes nothing from those who watch now.
    this.#keeping = this.#disk.add(picture).catch(() => {});
    await this.#keeping;
  }

  follow(signal: AbortSignal): AsyncIterable<Frame> {
    return this.#live.follow(signal);
  }

  /** Those alone that came as JPEGs. */
  ofWebcam(signal: AbortSignal): AsyncIterable<Frame> {
    return this.#webcam.follow(signal);
  }

  watch(listener: (picture: CameraPicture) => void): () => void {
    return this.#listeners.add(listener);
  }

  async between(from: number, to: number): Promise<CameraPicture[]> {
    await this.#keeping;
    const since = this.#pictures.oldest?.time ?? Number.POSITIVE_INFINITY;
    const before = from < since ? await this.#disk.between(from, Math.min(to, since - 1)) : [];
    return [...before, ...this.#pictures.between(from, to)];
  }

  /** Lets go of the pictures from one time to another, both included, on the disk too. */
  async remove(from: number, to: number): Promise<void> {
    await this.#keeping;
    this.#pictures.remove(from, to);
    await this.#disk.remove(from, to);
  }

  async at(time: number): Promise<CameraPicture | undefined> {
    return this.#pictures.at(time);
  }

  get newest(): CameraPicture | undefined {
    return this.#pictures.newest;
  }

  /** Frames a second over the last seconds, to one decimal; 0 before two have come. */
  get rate(): number {
    const recent = this.#pictures.between(this.#now() - rateSpan, Number.POSITIVE_INFINITY);
    if (recent.length < 2) return 0;
    const seconds = (recent.at(-1)!.time - recent[0]!.time) / 1000;
    return Math.round(((recent.length - 1) / seconds) * 10) / 10;
  }
}

import { setTimeout as delay } from 'node:timers/promises';
import type { Clock } from '../../party/clock.ts';
import type { Camera } from '../camera/camera.ts';
import { emptyHall, type HallPicture } from './hall.ts';

/** As a webcam sends them, in milliseconds. */
const interval = 200;

/** What the camera sees in the rehearsal: pictures of a hall, sent as a page sends those of its webcam. */
export class Stage {
  readonly #camera: Pick<Camera, 'choose' | 'receive'>;
  readonly #now: Clock;
  readonly #ending = new AbortController();
  #coming: HallPicture[] = [];
  #shown: HallPicture | undefined;
  #entered: (() => void) | undefined;
  #faceSince: number | undefined;
  #playing: Promise<void> = Promise.resolve();

  constructor(camera: Pick<Camera, 'choose' | 'receive'>, now: Clock) {
    this.#camera = camera;
    this.#now = now;
  }

  /** Makes the hall what the camera sees. */
  async open(): Promise<void> {
    this.#shown = await emptyHall();
    // A page that is the webcam hears of it and stops: nobody but the stage sends pictures then.
    await this.#camera.choose('off');
    await this.#camera.choose('webcam');
    this.#playing = this.#play();
  }

  /**
   * Lets somebody walk in and stay in the last picture.
   *
   * @returns when the whole face was first shown, milliseconds since 1970
   */
  enter(pictures: readonly HallPicture[]): Promise<number> {
    this.#faceSince = undefined;
    return new Promise((resolve) => {
      this.#entered = () => resolve(this.#faceSince!);
      this.#coming = [...pictures];
    });
  }

  /** Nobody is there any more. */
  async leave(): Promise<void> {
    this.#coming = [await emptyHall()];
  }

  /** Sends no more pictures. */
  async close(): Promise<void> {
    this.#ending.abort();
    await this.#playing;
  }

  async #play(): Promise<void> {
    const { signal } = this.#ending;
    while (!signal.aborted) {
      this.#shown = this.#coming.shift() ?? this.#shown;
      if (!this.#shown) return;
      if (this.#shown.showsFace) {
        this.#faceSince ??= this.#now();
        this.#entered?.();
        this.#entered = undefined;
      }
      // Another camera was chosen meanwhile: whoever waits for somebody to come hears of it in time.
      await this.#camera.receive(this.#shown.jpeg).catch(() => {});
      await delay(interval, undefined, { signal }).catch(() => {});
    }
  }
}

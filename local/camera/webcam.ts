import type { Clock } from '../../party/clock.ts';
import { readJpeg } from '../../vision/picture.ts';
import type { Outlet } from './sources.ts';

/** What is said when no picture comes any more. */
export interface Silence {
  /** Milliseconds. */
  readonly after: number;
  readonly told: string;
}

/** A page that is open in a browser, here or on a phone, and sends its camera's pictures, one JPEG at a time. */
export class Webcam {
  readonly #outlet: Outlet;
  readonly #silence: NodeJS.Timeout;
  readonly #now: Clock;

  /** Counts as lost after a silence. */
  constructor(outlet: Outlet, { after, told }: Silence, now: Clock) {
    this.#outlet = outlet;
    this.#now = now;
    this.#silence = setTimeout(() => outlet.report('lost', told), after);
  }

  /**
   * Takes a picture; its time is now, by this machine's clock.
   * @throws PictureError if it is no JPEG that can be read
   */
  async receive(jpeg: Buffer): Promise<void> {
    const time = this.#now();
    const picture = await readJpeg(jpeg);
    this.#silence.refresh();
    await this.#outlet.publish({ time, picture }, true);
  }

  stop(): void {
    clearTimeout(this.#silence);
  }
}

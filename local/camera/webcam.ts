import { decodePicture, PictureError } from '../../vision/picture.ts';
import type { Outlet } from './sources.ts';

/** A page that is open in a browser and sends its webcam's pictures, one JPEG at a time. */
export class Webcam {
  readonly #outlet: Outlet;
  readonly #silence: NodeJS.Timeout;

  /** Counts as lost after `silence` milliseconds without a picture. */
  constructor(outlet: Outlet, silence: number) {
    this.#outlet = outlet;
    this.#silence = setTimeout(
      () => outlet.report('lost', 'The page with the webcam sends no pictures. Is it still open?'),
      silence,
    );
  }

  /**
   * Takes a picture; its time is now, by this machine's clock.
   * @throws PictureError if it is no JPEG that can be read
   */
  async receive(jpeg: Buffer): Promise<void> {
    const time = Date.now();
    if (jpeg[0] !== 0xff) throw new PictureError('format', 'The webcam’s picture is no JPEG.');
    const picture = await decodePicture(jpeg);
    this.#silence.refresh();
    await this.#outlet.publish({ time, picture }, jpeg);
  }

  stop(): void {
    clearTimeout(this.#silence);
  }
}

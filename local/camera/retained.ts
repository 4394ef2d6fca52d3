import type { RetainedPicture } from '../aws/media.ts';

/** A picture as the camera keeps it for a while, with its size in pixels. */
export interface CameraPicture extends RetainedPicture {
  readonly width: number;
  readonly height: number;
  readonly jpeg: Buffer;
}

/** The last pictures of the camera, oldest first, bounded by age and by memory. */
export class RetainedPictures {
  readonly #pictures: CameraPicture[] = [];
  readonly #milliseconds: number;
  readonly #bytes: number;
  #held = 0;

  constructor(limits: { milliseconds: number; bytes: number }) {
    this.#milliseconds = limits.milliseconds;
    this.#bytes = limits.bytes;
  }

  /** Keeps a picture that is newer than all others, and lets go of what is too old or too much. */
  add(picture: CameraPicture): void {
    this.#pictures.push(picture);
    this.#held += picture.jpeg.length;
    const oldest = picture.time - this.#milliseconds;
    while (this.#pictures.length > 1 && (this.#pictures[0]!.time < oldest || this.#held > this.#bytes)) {
      this.#held -= this.#pictures.shift()!.jpeg.length;
    }
  }

  /** The picture of exactly that time. */
  at(time: number): CameraPicture | undefined {
    return this.#pictures.find((picture) => picture.time === time);
  }

  /** The pictures from one time to another, both included. */
  between(from: number, to: number): CameraPicture[] {
    return this.#pictures.filter((picture) => picture.time >= from && picture.time <= to);
  }

  /** Lets go of the pictures from one time to another, both included. */
  remove(from: number, to: number): void {
    const kept = this.#pictures.filter(({ time }) => time < from || time > to);
    this.#pictures.splice(0, Infinity, ...kept);
    this.#held = kept.reduce((sum, { jpeg }) => sum + jpeg.length, 0);
  }

  get oldest(): CameraPicture | undefined {
    return this.#pictures[0];
  }

  get newest(): CameraPicture | undefined {
    return this.#pictures.at(-1);
  }
}

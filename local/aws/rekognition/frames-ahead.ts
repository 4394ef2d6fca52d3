import type { Frame, Media } from '../media.ts';

/** The frames of a camera in turn, of which the next one can be seen ahead of its turn. For one reader. */
export class FramesAhead implements AsyncIterable<Frame> {
  readonly #media: Pick<Media, 'frames'>;
  readonly #signal: AbortSignal;
  #frames: AsyncIterator<Frame> | undefined;
  #next: Promise<IteratorResult<Frame>> | undefined;

  /** @param signal ends the frames */
  constructor(media: Pick<Media, 'frames'>, signal: AbortSignal) {
    this.#media = media;
    this.#signal = signal;
  }

  /**
   * Takes the newest frame there is, or else the next that comes, for the next turn. Only when that turn is near, for a
   * frame is not the newest for long.
   *
   * @param see is called with it, before its turn
   */
  ahead(see: (frame: Frame) => void): void {
    const next = this.#next ?? this.#frames?.next();
    this.#next = next;
    next?.then(
      ({ value, done }) => {
        if (!done && this.#next === next) see(value);
      },
      () => {}, // Whoever waits for its turn is told.
    );
  }

  async *[Symbol.asyncIterator](): AsyncGenerator<Frame, void, undefined> {
    const over = new AbortController();
    this.#frames = this.#media.frames(AbortSignal.any([this.#signal, over.signal]))[Symbol.asyncIterator]();
    try {
      for (;;) {
        this.#next ??= this.#frames.next();
        const next = await this.#next;
        this.#next = undefined;
        if (next.done) return;
        yield next.value;
      }
    } finally {
      // One that was taken ahead may still be waited for, which nothing else ends.
      over.abort();
      await this.#frames.return?.();
    }
  }
}

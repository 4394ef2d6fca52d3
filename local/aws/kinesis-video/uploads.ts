import { AwsError } from '../protocol/aws-error.ts';
import type { IngestListener } from './fragment-ingest.ts';
import type { UploadedFragment, UploadedFrame } from './uploaded-fragment.ts';
import { UploadedMedia } from './uploaded-media.ts';

/** How much of a stream's video is kept, in memory: what is older or more goes, whatever its retention says. */
const kept = { milliseconds: 120_000, bytes: 64 * 1024 * 1024 } as const;

/** Who follows a stream is told of each picture as it comes, with the fragment that it is in. */
export type FrameListener = (fragment: UploadedFragment, frame: UploadedFrame) => void;

/** What was uploaded to one video stream of late. */
export class Upload implements IngestListener {
  readonly #listeners = new Set<FrameListener>();
  readonly #endListeners = new Set<(fragment: UploadedFragment) => void>();
  /** The same as pictures. */
  readonly media = new UploadedMedia(this);
  #fragments: UploadedFragment[] = [];
  #isConnected = false;

  /** Whether anything was ever uploaded. */
  get isUsed(): boolean {
    return this.#isConnected || this.#fragments.length > 0;
  }

  /** Whether a producer is connected. */
  get isConnected(): boolean {
    return this.#isConnected;
  }

  /** The fragments that are whole, by the producer's time; of two of one time the one that came later. */
  get fragments(): readonly UploadedFragment[] {
    return this.#fragments;
  }

  /** A producer's connection. @throws AwsError when there is one already. @returns to be called at its end */
  connect(): () => void {
    if (this.#isConnected) {
      throw new AwsError(
        'ConnectionLimitExceededException',
        'Another producer is connected to this stream, and it takes one at a time.',
      );
    }
    this.#isConnected = true;
    return () => {
      this.#isConnected = false;
    };
  }

  /** @returns how to stop it */
  watch(listener: FrameListener): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  /** Calls the listener with each fragment that is whole. @returns how to stop it */
  watchFragments(listener: (fragment: UploadedFragment) => void): () => void {
    this.#endListeners.add(listener);
    return () => this.#endListeners.delete(listener);
  }

  began(): void {}

  frame(fragment: UploadedFragment, frame: UploadedFrame): void {
    for (const listener of this.#listeners) listener(fragment, frame);
  }

  ended(fragment: UploadedFragment): void {
    this.#fragments = [
      ...this.#fragments.filter(({ producerTime }) => producerTime !== fragment.producerTime),
      fragment,
    ].sort((a, b) => a.producerTime - b.producerTime);
    this.#letGo();
    for (const listener of this.#endListeners) listener(fragment);
  }

  #letGo(): void {
    const oldest = this.#fragments.at(-1)!.producerTime - kept.milliseconds;
    let bytes = 0;
    const fits = (fragment: UploadedFragment) => {
      bytes += fragment.frames.reduce((sum, { data }) => sum + data.length, 0);
      return bytes <= kept.bytes && fragment.producerTime >= oldest;
    };
    const newestFirst = this.#fragments.toReversed();
    const tooMuch = newestFirst.findIndex((fragment, index) => !fits(fragment) && index > 0);
    if (tooMuch > 0) this.#fragments = newestFirst.slice(0, tooMuch).reverse();
  }
}

/** What was uploaded, by the names of streams. */
export class Uploads {
  readonly #uploads = new Map<string, Upload>();

  of(streamName: string): Upload {
    const upload = this.#uploads.get(streamName) ?? new Upload();
    this.#uploads.set(streamName, upload);
    return upload;
  }

  /** A stream that is deleted takes its video with it. */
  delete(streamName: string): void {
    this.#uploads.get(streamName)?.media.close();
    this.#uploads.delete(streamName);
  }

  /** Ends all decoding. */
  close(): void {
    for (const { media } of this.#uploads.values()) media.close();
  }
}

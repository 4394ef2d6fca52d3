import { EbmlError } from './ebml-reader.ts';
import { MatroskaReader, type UploadedBlock, type UploadedTrack } from './matroska-reader.ts';
import { PutMediaError } from './put-media-error.ts';
import type { UploadedFragment, UploadedFrame } from './uploaded-fragment.ts';

/** What an upload says of itself in its headers (API reference, PutMedia). */
export interface UploadHeaders {
  readonly timecodes: 'ABSOLUTE' | 'RELATIVE';
  /** Milliseconds since 1970; what relative timecodes count from. */
  readonly producerStart: number;
}

/** Who is told of an upload as it comes. */
export interface IngestListener {
  began(fragment: UploadedFragment): void;
  frame(fragment: UploadedFragment, frame: UploadedFrame): void;
  /** It is whole. */
  ended(fragment: UploadedFragment): void;
}

/** What a fragment may be (developer guide, "Kinesis Video Streams limits"). */
const limits = {
  tracks: 3,
  tags: 10,
  fragmentBytes: 50 * 1024 * 1024,
  /** Milliseconds. */
  fragmentLasts: 20_000,
} as const;

/** Tags with names that begin so are the service's own, and say something about the fragment. */
const ownTags = 'AWS_KINESISVIDEO';
const endOfFragment = 'AWS_KINESISVIDEO_END_OF_FRAGMENT';

/** The latest moment that a timestamp can be of: the end of the year 9999. */
const latest = Date.UTC(10_000, 0);

interface Current {
  readonly fragment: UploadedFragment & { readonly frames: UploadedFrame[] };
  bytes: number;
  tags: number;
}

/** Takes one upload apart into its fragments, and refuses what Kinesis Video refuses. */
export class FragmentIngest {
  readonly #headers: UploadHeaders;
  readonly #listener: IngestListener;
  readonly #numbers: () => string;
  readonly #now: () => number;
  readonly #reader = new MatroskaReader();
  #tracks: readonly UploadedTrack[] = [];
  /** A cluster whose timestamp has not come. */
  #isUntimed = false;
  #current: Current | undefined;
  #last = Number.NEGATIVE_INFINITY;

  /** @param numbers gives each fragment its number */
  constructor(headers: UploadHeaders, listener: IngestListener, numbers: () => string, now: () => number) {
    this.#headers = headers;
    this.#listener = listener;
    this.#numbers = numbers;
    this.#now = now;
  }

  /** The producer's time of the fragment that is coming. */
  get currentTime(): number | undefined {
    return this.#current?.fragment.producerTime;
  }

  /** @throws {PutMediaError} */
  take(chunk: Buffer): void {
    try {
      for (const event of this.#reader.take(chunk)) {
        if ('tracks' in event) this.#takeTracks(event.tracks);
        else if ('cluster' in event) this.#beginCluster();
        else if ('timestamp' in event) this.#beginFragment(event.timestamp);
        else if ('block' in event) this.#takeBlock(event.block);
        else this.#takeTags(event.tags);
      }
    } catch (error) {
      throw error instanceof EbmlError ? new PutMediaError(4006, error.message) : error;
    }
  }

  /** The upload is over, in order. @throws {PutMediaError} */
  end(): void {
    if (this.#reader.pending > 0) throw new PutMediaError(4006, 'It breaks off within an element.');
    this.#endFragment();
  }

  #takeTracks(tracks: readonly UploadedTrack[]): void {
    this.#endFragment();
    if (tracks.length > limits.tracks) throw new PutMediaError(4005, `There are ${tracks.length} tracks.`);
    if (tracks.length === 0) throw new PutMediaError(4006, 'There is no track.');
    this.#tracks = tracks;
  }

  #beginCluster(): void {
    this.#endFragment();
    if (this.#tracks.length === 0) throw new PutMediaError(4006, 'A cluster comes before the tracks.');
    this.#isUntimed = true;
  }

  #beginFragment(timestamp: number): void {
    if (!this.#isUntimed) throw new PutMediaError(4006, 'A cluster has two timestamps.');
    this.#isUntimed = false;
    const { timecodes, producerStart } = this.#headers;
    const producerTime = timecodes === 'ABSOLUTE' ? timestamp : producerStart + timestamp;
    if (!(producerTime >= 0 && producerTime < latest)) {
      throw new PutMediaError(4007, 'A timestamp is of no time.');
    }
    if (producerTime < this.#last)
      throw new PutMediaError(4004, 'A fragment is earlier than the one before.', producerTime);
    this.#last = producerTime;
    const fragment = {
      number: this.#numbers(),
      producerTime,
      serverTime: this.#now(),
      tracks: this.#tracks,
      frames: [],
    };
    this.#current = { fragment, bytes: 0, tags: 0 };
    this.#listener.began(fragment);
  }

  #takeBlock({ track, offset, isKey, data }: UploadedBlock): void {
    const current = this.#current;
    if (!current) throw new PutMediaError(4006, 'A block is in no fragment.');
    const { fragment } = current;
    const { producerTime, frames } = fragment;
    if (!this.#tracks.some(({ number }) => number === track)) {
      throw new PutMediaError(4010, `There is no track ${track}.`, producerTime);
    }
    if (frames.length === 0 && !isKey) {
      throw new PutMediaError(4006, 'A fragment does not begin with a key frame.', producerTime);
    }
    if (offset > limits.fragmentLasts) throw new PutMediaError(4002, 'A fragment is too long.', producerTime);
    current.bytes += data.length;
    if (current.bytes > limits.fragmentBytes)
      throw new PutMediaError(4001, 'A fragment is too large.', producerTime);
    const frame = { time: producerTime + offset, isKey, track, data: Buffer.from(data) };
    frames.push(frame);
    this.#listener.frame(fragment, frame);
  }

  #takeTags(names: readonly string[]): void {
    const current = this.#current;
    if (current) current.tags += names.filter((name) => !name.startsWith(ownTags)).length;
    if (current && current.tags > limits.tags) {
      throw new PutMediaError(4009, 'A fragment has too many tags.', current.fragment.producerTime);
    }
    if (names.includes(endOfFragment)) this.#endFragment();
  }

  #endFragment(): void {
    if (this.#isUntimed) throw new PutMediaError(4006, 'A cluster has no timestamp.');
    const fragment = this.#current?.fragment;
    if (!fragment) return;
    this.#current = undefined;
    const isMissing = ({ number }: UploadedTrack) => !fragment.frames.some(({ track }) => track === number);
    const missing = this.#tracks.find(isMissing);
    if (missing)
      throw new PutMediaError(4011, `Track ${missing.number} has no frames.`, fragment.producerTime);
    this.#listener.ended(fragment);
  }
}

import { randomBytes } from 'node:crypto';
import { setTimeout as delay } from 'node:timers/promises';
import { type Clock, minute, second } from '../../party/clock.ts';
import { type Acknowledgement, ackError } from './acknowledgement.ts';
import type { Fragment } from './fragment.ts';
import type { FragmentBuffer } from './fragment-buffer.ts';
import { endOfFragment, streamHead, type VideoTrack } from './matroska.ts';
import type { PutMedia, PutMediaOptions } from './put-media.ts';
import { PutMediaError } from './put-media-error.ts';

/** What an upload is made with. */
export interface UploaderParts {
  readonly buffer: FragmentBuffer;
  /** Opens a connection for fragments from this time on. @throws the SDK's errors, {@link PutMediaError} */
  readonly open: (
    startTime: number,
    onAcknowledgement: PutMediaOptions['onAcknowledgement'],
  ) => Promise<PutMedia>;
  /** Told of what kept fragments from getting through. */
  readonly onFailure: (error: unknown) => void;
  /** Told that a fragment got through. */
  readonly onSuccess: () => void;
  /** A clock that nobody sets, milliseconds. */
  readonly now: Clock;
  readonly timings?: Partial<UploadTimings>;
}

/** All in milliseconds. */
export interface UploadTimings {
  /**
   * A connection is renewed at the first fragment after this: the service ends it after 45 minutes (developer guide,
   * limits).
   */
  readonly renewAfter: number;
  /** Who has sent whole fragments and hears nothing for so long has lost the connection. */
  readonly staleAfter: number;
  /** How long the last acknowledgements may take when a connection is renewed. */
  readonly lastWords: number;
  /** At least from one fragment's beginning to the next one's: five a second are taken (developer guide, limits). */
  readonly betweenFragments: number;
  /** After a failure; each pause is twice as long as the one before, up to the longest. */
  readonly firstPause: number;
  readonly longestPause: number;
}

const usualTimings: UploadTimings = {
  renewAfter: 40 * minute,
  staleAfter: 15 * second,
  lastWords: 5 * second,
  betweenFragments: 210,
  firstPause: 0.5 * second,
  longestPause: 10 * second,
};

/** Sends a buffer's fragments, in order, over one connection after the other: a stream takes one at a time. */
export class Uploader {
  readonly #parts: UploaderParts;
  readonly #timings: UploadTimings;
  #failures = 0;
  #heard = 0;
  #lastBegin = Number.NEGATIVE_INFINITY;

  constructor(parts: UploaderParts) {
    this.#parts = parts;
    this.#timings = { ...usualTimings, ...parts.timings };
  }

  /** Sends until the buffer is closed and all of it was sent, or until the signal. Never throws. */
  async run(signal: AbortSignal): Promise<void> {
    const { buffer, onFailure } = this.#parts;
    const { firstPause, longestPause } = this.#timings;
    signal.addEventListener('abort', () => buffer.wake(), { once: true });
    while (!signal.aborted) {
      const first = await this.#next(signal);
      if (!first) return;
      try {
        await this.#upload(first, signal);
      } catch (error) {
        buffer.rewind();
        if (signal.aborted) return;
        // A connection that ends while there is nothing to send is missed by nobody.
        if (!buffer.next) continue;
        onFailure(error);
        this.#failures += 1;
        const pause = Math.min(longestPause, firstPause * 2 ** (this.#failures - 1));
        await delay(pause, undefined, { signal }).catch(() => {});
      }
    }
  }

  /** The next fragment to send, when there is one; undefined when there is none any more, or the connection is over. */
  async #next(signal: AbortSignal, connection?: PutMedia): Promise<Fragment | undefined> {
    const { buffer } = this.#parts;
    while (!signal.aborted && !connection?.isClosed) {
      const { next } = buffer;
      if (next || buffer.isClosed) return next;
      await buffer.changed();
    }
    return undefined;
  }

  /** Sends from this fragment on, for as long as one connection may last and the track is the same. */
  async #upload(first: Fragment, signal: AbortSignal): Promise<void> {
    const { buffer, open, now } = this.#parts;
    const { renewAfter, lastWords, staleAfter } = this.#timings;
    let current = first;
    const connection = await open(first.time, (said, from) => this.#take(said, from, current));
    void connection.closed.then(() => buffer.wake());
    const cancel = () => connection.destroy();
    signal.addEventListener('abort', cancel, { once: true });
    if (signal.aborted) cancel();
    const begun = now();
    this.#heard = begun;
    const listening = setInterval(() => {
      const isStale = buffer.isAwaited && now() - this.#heard > staleAfter;
      if (isStale) connection.destroy(new PutMediaError('ConnectionLost', 'The service has fallen silent.'));
    }, staleAfter / 4);
    try {
      await connection.write(streamHead(first.track, randomBytes(16)));
      for (;;) {
        await this.#send(current, connection);
        if (now() - begun >= renewAfter) break;
        const next = await this.#next(signal, connection);
        if (!next || !isSame(next.track, first.track)) break;
        current = next;
      }
      // When it is over already, that is a failure; and ending it is none.
      await connection.write(endOfFragment);
      await connection.end(lastWords);
      const error = await connection.closed;
      if (error && buffer.isAwaited) throw error;
      buffer.rewind();
    } finally {
      clearInterval(listening);
      signal.removeEventListener('abort', cancel);
      connection.destroy();
    }
  }

  /** Sends a fragment's pictures as they come, to its end. */
  async #send(fragment: Fragment, connection: PutMedia): Promise<void> {
    const { buffer, now } = this.#parts;
    await delay(Math.max(0, this.#lastBegin + this.#timings.betweenFragments - now()), undefined, {
      ref: false,
    });
    this.#lastBegin = now();
    fragment.state = 'sent';
    for (let index = 0; ; ) {
      const chunk = fragment.chunks[index];
      if (chunk) {
        await connection.write(chunk);
        index += 1;
      } else if (fragment.isWhole) return;
      else {
        await buffer.changed();
        connection.throwIfClosed();
      }
    }
  }

  #take(said: Acknowledgement, connection: PutMedia, current: Fragment): void {
    const { buffer, now, onSuccess } = this.#parts;
    this.#heard = now();
    if (said.event === 'RECEIVED') buffer.received(said.time);
    if (said.event === 'PERSISTED') buffer.persisted(said.time);
    if (said.event === 'RECEIVED' || said.event === 'PERSISTED') {
      this.#failures = 0;
      onSuccess();
    }
    if (said.event !== 'ERROR') return;
    const { name, handling } = ackError(said);
    // An error that names no fragment is about the one on its way.
    if (handling === 'never') buffer.refused(said.time ?? current.time);
    else buffer.failed(said.time);
    connection.destroy(new PutMediaError(name, `Kinesis Video refuses a fragment: ${name}.`));
  }
}

const isSame = (a: VideoTrack, b: VideoTrack): boolean =>
  a === b || Buffer.compare(a.codecPrivate, b.codecPrivate) === 0;

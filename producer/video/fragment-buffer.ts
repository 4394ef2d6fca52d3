import { type Clock, minute } from '../../party/clock.ts';
import { Fragment } from './fragment.ts';
import type { Piece } from './fragmenter.ts';

/** How much is kept. */
export interface BufferLimits {
  /** Milliseconds; as AWS's own producer (kvssink's buffer-duration) when not given. */
  readonly maxAge?: number;
  /** Bytes; a minute at eight megabits a second when not given, which is two at four. */
  readonly maxBytes?: number;
}

const usualAge = 2 * minute;
const usualBytes = 64 * 1024 * 1024;

/**
 * The fragments that the service does not keep yet, oldest first. What is too old or too much is dropped, the oldest
 * first; the fragment that is being made stays.
 */
export class FragmentBuffer {
  readonly #maxAge: number;
  readonly #maxBytes: number;
  readonly #now: Clock;
  #fragments: Fragment[] = [];
  #bytes = 0;
  #dropped = 0;
  #isClosed = false;
  #waiting: Array<() => void> = [];

  /** @param now a clock that nobody sets, milliseconds */
  constructor(now: Clock, { maxAge = usualAge, maxBytes = usualBytes }: BufferLimits = {}) {
    this.#now = now;
    this.#maxAge = maxAge;
    this.#maxBytes = maxBytes;
  }

  /** How many were never kept by the service: too old, too many, or refused. */
  get dropped(): number {
    return this.#dropped;
  }

  /** In memory. */
  get bytes(): number {
    return this.#bytes;
  }

  /** Resolves when there is more to send, or never will be. */
  changed(): Promise<void> {
    return new Promise((resolve) => this.#waiting.push(resolve));
  }

  add({ begins, time, block }: Piece): void {
    if (begins) {
      this.endFragment();
      this.#fragments.push(new Fragment(begins.track, time, this.#now()));
    }
    const current = this.#fragments.at(-1);
    // Of a fragment that was given up while it came, the rest is of no use.
    if (!current || current.isWhole) return;
    const before = current.bytes;
    current.add(block);
    this.#bytes += begins ? current.bytes : current.bytes - before;
    this.#dropOld();
    this.wake();
  }

  /** No more pictures come for the fragment that is being made. */
  endFragment(): void {
    const current = this.#fragments.at(-1);
    if (current) current.isWhole = true;
    this.wake();
  }

  /** Nothing more comes: who waits for the next fragment hears so once all are sent. */
  close(): void {
    this.#isClosed = true;
    this.endFragment();
  }

  get isClosed(): boolean {
    return this.#isClosed;
  }

  /** Whether a whole fragment was sent of which the service has said nothing yet. */
  get isAwaited(): boolean {
    return this.#fragments.some(({ state, isWhole }) => state === 'sent' && isWhole);
  }

  /** The next fragment to send. */
  get next(): Fragment | undefined {
    return this.#fragments.find(({ state }) => state === 'waiting');
  }

  /** The connection is gone: what was sent over it and not received is sent again. */
  rewind(): void {
    for (const fragment of this.#fragments) if (fragment.state === 'sent') fragment.state = 'waiting';
    this.wake();
  }

  /** The service has the fragment of this time. */
  received(time: number | undefined): void {
    const fragment = this.#at(time);
    if (fragment?.state === 'sent') fragment.state = 'received';
  }

  /** The service keeps the fragment of this time: nobody needs it here any more. */
  persisted(time: number | undefined): void {
    const fragment = this.#at(time);
    if (fragment && fragment.state !== 'waiting') this.#remove(fragment);
  }

  /** The service did not keep the fragment of this time, and may the next time. */
  failed(time: number | undefined): void {
    const fragment = this.#at(time);
    if (fragment) fragment.state = 'waiting';
  }

  /** The service will never take the fragment of this time. */
  refused(time: number | undefined): void {
    const fragment = this.#at(time);
    if (!fragment) return;
    this.#remove(fragment);
    this.#dropped += 1;
  }

  #at(time: number | undefined): Fragment | undefined {
    return this.#fragments.find((fragment) => fragment.time === time);
  }

  #remove(fragment: Fragment): void {
    fragment.isWhole = true;
    this.#fragments = this.#fragments.filter((other) => other !== fragment);
    this.#bytes -= fragment.bytes;
    this.wake();
  }

  #dropOld(): void {
    const tooOld = this.#now() - this.#maxAge;
    for (;;) {
      const [oldest, next] = this.#fragments;
      if (!oldest || !next || (oldest.since >= tooOld && this.#bytes <= this.#maxBytes)) return;
      // What the service has said to have is most probably kept.
      if (oldest.state !== 'received') this.#dropped += 1;
      this.#remove(oldest);
    }
  }

  /** Has everybody who waits look again. */
  wake(): void {
    const waiting = this.#waiting;
    this.#waiting = [];
    for (const wake of waiting) wake();
  }
}

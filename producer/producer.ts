import { randomUUID } from 'node:crypto';
import { setTimeout as delay } from 'node:timers/promises';
import { second } from '../party/clock.ts';
import type { Log } from '../party/log.ts';
import { loggable } from '../party/loggable.ts';
import { type ProducerAlert, type Pulse, type Pulses, pulseEvery } from '../party/recognition/pulse.ts';
import type { Wish, Wishes } from '../party/recognition/wish.ts';
import type { AwsClock } from './aws/aws-clock.ts';
import { callFailureOf } from './aws/call-failure.ts';
import { problemText } from './door/problems.text.ts';
import { untilAborted } from './until-aborted.ts';

/** What the producer says of its watching. */
export type WatchReport = Pick<Pulse, 'frames' | 'faces' | 'calls' | 'dropped' | 'framesPerSecond'> & {
  /** When the camera's last picture came, milliseconds since 1970 by AWS's clock. */
  readonly lastFrame: number | undefined;
  readonly problem: string | undefined;
  /** Whether it searches no more, for it has searched as many faces as it may in a party. */
  readonly searchedEnough?: boolean;
  /** Whether its computer is too busy to look often enough for anybody to be recognised. */
  readonly isTooSlow?: boolean;
};

/** A watch over the door, for as long as one wish holds. */
export interface Watching {
  report(): WatchReport;
  /** Ends it in order, within about two seconds. */
  stop(): Promise<void>;
}

/** What of a wish may change while it holds. */
export type WishedNow = Pick<Wish, 'isCareful' | 'partyStartedAt'>;

/** What the producer works with. */
export interface ProducerParts {
  readonly wishes: Pick<Wishes, 'read'>;
  readonly pulses: Pick<Pulses, 'write'>;
  readonly clock: Pick<AwsClock, 'now' | 'offset'>;
  /** Begins to watch. `onChange` is told when its problem is another; `wished` says what is wished now. */
  readonly watch: (onChange: () => void, wished: () => WishedNow) => Promise<Watching>;
  /** Told every few seconds how it is; `report` is absent while it only waits. */
  readonly onBeat: (report: WatchReport | undefined) => void;
  readonly version: string;
  readonly log: Log;
  /** Milliseconds between two looks at the wish; 3000 when not given. */
  readonly readEvery?: number;
}

/** A start in the chat takes as long as this at the most, and the reading; milliseconds. */
const usualReadEvery = 3 * second;

/** What was not seen of a pulse is written a little early rather than late. */
const early = 0.5 * second;

const nothing: WatchReport = {
  frames: 0,
  faces: 0,
  calls: 0,
  dropped: 0,
  framesPerSecond: 0,
  lastFrame: undefined,
  problem: undefined,
};

/**
 * The producer at home: reads what the chat wishes, watches the door while it wishes so, and says with its pulse that it
 * is there and how it is. While no party is on, it reads and says so, and does nothing else.
 */
export class Producer {
  readonly #parts: ProducerParts;
  #serving: { readonly wish: Wish; readonly watching: Watching } | undefined;
  #beaten = Number.NEGATIVE_INFINITY;
  #wake: () => void = () => {};
  #trouble: string | undefined;
  #wished: WishedNow = {};
  readonly #id = randomUUID();
  #hasBeaten = false;
  /** Whether somebody else has written a pulse since this one did last. */
  #isNotAlone = false;

  constructor(parts: ProducerParts) {
    this.#parts = parts;
  }

  /** Works until the signal; then ends the watching and says so. Never throws. */
  async run(signal: AbortSignal): Promise<void> {
    const { readEvery = usualReadEvery } = this.#parts;
    signal.addEventListener('abort', () => this.#wake(), { once: true });
    let read = Number.NEGATIVE_INFINITY;
    while (!signal.aborted) {
      if (performance.now() - read >= readEvery) {
        read = performance.now();
        // An AWS that does not answer keeps nobody from ending.
        const wish = await untilAborted(this.#read(), signal);
        if (signal.aborted) break;
        if (wish) await this.#follow(wish);
      }
      this.#parts.onBeat(this.#serving?.watching.report());
      if (performance.now() - this.#beaten >= this.#pulseEvery - early)
        await untilAborted(this.#beat(), signal);
      await this.#sleep(read + readEvery - performance.now());
    }
    if (!this.#serving) return;
    await this.#drop();
    await Promise.race([this.#beat(), delay(second, undefined, { ref: false })]);
  }

  /** @returns what is wished; undefined when it could not be read: then whatever was wished last still holds */
  async #read(): Promise<Wish | undefined> {
    try {
      const wish = await this.#parts.wishes.read();
      this.#worked();
      return wish ?? { on: false, since: 0 };
    } catch (error) {
      this.#failed('The wish could not be read', error);
      return undefined;
    }
  }

  /** Begins or ends to watch, as is wished. */
  async #follow(wish: Wish): Promise<void> {
    this.#wished = wish;
    const wanted = wish.on ? wish.since : undefined;
    if (this.#serving?.wish.since === wanted) return;
    await this.#drop();
    if (wish.on) {
      const watching = await this.#parts.watch(
        () => this.#beatSoon(),
        () => this.#wished,
      );
      this.#serving = { wish, watching };
      this.#parts.log.info('A party is on: the door is watched');
    }
    this.#beatSoon();
  }

  async #drop(): Promise<void> {
    const serving = this.#serving;
    if (!serving) return;
    this.#serving = undefined;
    const { problem, searchedEnough, ...report } = serving.watching.report();
    await serving.watching.stop();
    this.#parts.log.info('The door is no longer watched', report);
  }

  #beatSoon(): void {
    this.#beaten = Number.NEGATIVE_INFINITY;
    this.#wake();
  }

  async #beat(): Promise<void> {
    const { pulses, clock, version } = this.#parts;
    const { lastFrame, problem, searchedEnough, ...figures } = this.#serving?.watching.report() ?? nothing;
    const { offset } = clock;
    const byOurClock = (time: number): number => Math.round(time + (offset ?? 0));
    this.#beaten = performance.now();
    try {
      const before = await pulses.write({
        id: this.#id,
        at: byOurClock(clock.now()),
        version,
        ...figures,
        ...(offset !== undefined && { clockOffset: Math.round(offset) }),
        ...(this.#serving && { serves: this.#serving.wish.since }),
        ...(lastFrame !== undefined && { lastFrame: byOurClock(lastFrame) }),
        ...this.#problem(problem),
        alerts: this.#alerts(searchedEnough),
      });
      this.#meet(before);
      this.#worked();
    } catch (error) {
      this.#failed('The pulse could not be written', error);
    }
  }

  /** Two that watch one door search each face twice, and nobody else could tell. */
  #problem(own: string | undefined): Pick<Pulse, 'problem'> {
    const problem = own ?? (this.#isNotAlone ? problemText.another : undefined);
    return problem === undefined ? {} : { problem };
  }

  #alerts(searchedEnough = false): ProducerAlert[] {
    return [
      ...(this.#isNotAlone ? (['another producer'] as const) : []),
      ...(searchedEnough ? (['searched enough'] as const) : []),
    ];
  }

  /** @param before the pulse that was there: one's own, unless another producer runs; the first may be a former one's */
  #meet(before: Pulse | undefined): void {
    const wasAlone = !this.#isNotAlone;
    this.#isNotAlone = this.#hasBeaten && before !== undefined && before.id !== this.#id;
    this.#hasBeaten = true;
    if (this.#isNotAlone && wasAlone) this.#parts.log.warn('Another producer runs for this house');
  }

  get #pulseEvery(): number {
    return this.#serving ? pulseEvery.watching : pulseEvery.waiting;
  }

  /** Until the next look at the wish, or something happens. */
  async #sleep(milliseconds: number): Promise<void> {
    if (milliseconds <= 0 || this.#beaten === Number.NEGATIVE_INFINITY) return;
    await new Promise<void>((resolve) => {
      const timer = setTimeout(resolve, milliseconds);
      this.#wake = () => {
        clearTimeout(timer);
        resolve();
      };
    });
  }

  /** A trouble that lasts is said once. */
  #failed(what: string, error: unknown): void {
    const trouble = error instanceof Error ? `${error.name}: ${error.message}` : String(error);
    if (this.#trouble !== trouble)
      this.#parts.log.warn(what, { failure: callFailureOf(error), ...loggable(error) });
    this.#trouble = trouble;
  }

  #worked(): void {
    if (this.#trouble !== undefined) this.#parts.log.info('AWS answers again');
    this.#trouble = undefined;
  }
}

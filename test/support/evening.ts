import { Announcer } from '../../party/arrivals/announcer.ts';
import type { Arrival } from '../../party/arrivals/arrivals.ts';
import type { PlacedRecord } from '../../party/arrivals/seen-guests.ts';
import { type BatchOutcome, Welcome } from '../../party/arrivals/welcome.ts';
import { minute, second } from '../../party/clock.ts';
import { NotSentError } from '../../party/errors.ts';
import { sendLease } from '../../party/outbox/outbox.ts';
import type { TestClock } from './clock.ts';
import { type Fate, FlakyTable, never, type TableCall } from './flaky-table.ts';
import { partyOn } from './party.ts';
import type { OpenTable } from './table.ts';

/** How likely each kind of trouble is, 0 to 1. */
export interface Troubles {
  /** Per call of the table. */
  readonly table: number;
  /** Per message. */
  readonly telegram: number;
  /** Per call of the table, and per message: the Lambda is killed. */
  readonly death: number;
  /** Per asking for a picture. */
  readonly pictures: number;
}

/** Several Lambdas on one table and one Telegram, with trouble everywhere; all of it follows from the seed. */
export class Evening {
  readonly #open: OpenTable;
  readonly #clock: TestClock;
  readonly #seed: number;
  readonly #calls = new Map<string, number>();
  readonly #workers = new Map<number, Worker>();
  readonly #troubles: Troubles;
  /** Until when a guest's message may not be tried again, by `guestKey`. */
  readonly #notBefore = new Map<string, number>();
  /** Whether there is trouble now. */
  troubled = true;
  /** Messages that were tried again though they could still be under way, or Telegram had said when, by `guestKey`. */
  readonly tooEarly: string[] = [];
  /** What is in the chat. */
  readonly messages: Arrival[] = [];
  /** Whose picture was asked for, as `guestKey`. */
  readonly pictures = new Set<string>();
  /** How often each guest's message went out and could not be marked, by `guestKey`. */
  readonly unmarked = new Map<string, number>();

  constructor(open: OpenTable, clock: TestClock, seed: number, troubles: Troubles) {
    this.#open = open;
    this.#clock = clock;
    this.#seed = seed;
    this.#troubles = troubles;
  }

  /** Hands a batch to one of the Lambdas until it is handled, as the event source mapping does. */
  async deliver(which: number, records: readonly PlacedRecord[]): Promise<BatchOutcome> {
    let left = records;
    // Where each call fails or kills four times of nine, some hundreds are usual.
    for (let attempts = 0; attempts < 5000; attempts++) {
      const welcomed = await this.#run(which, ({ welcome }) => welcome.batch(left));
      if (welcomed && welcomed.failed.length === 0) return welcomed;
      if (!welcomed) continue;
      const failed = left.findIndex(({ sequenceNumber }) => welcomed.failed.includes(sequenceNumber));
      // A list that names none of the batch means all of it.
      left = left.slice(Math.max(0, failed));
    }
    throw new Error('A batch was never handled.');
  }

  /** The schedule's invocation; it is not repeated when it fails. */
  async tick(which: number): Promise<void> {
    await this.#run(which, ({ announcer }) => announcer.retryPending(0));
  }

  /** A process of its own, with no memory of the one before. */
  restart(which: number): void {
    this.#workers.delete(which);
  }

  async #run<Result>(which: number, work: (worker: Worker) => Promise<Result>): Promise<Result | undefined> {
    const worker = this.#workers.get(which) ?? this.#newWorker(which);
    const { table } = worker;
    const done = work(worker).catch(() => undefined);
    const result = await Promise.race([done, table.died.then(() => undefined)]);
    await table.quiet();
    if (worker.isDead()) this.#workers.delete(which);
    return result;
  }

  #newWorker(which: number): Worker {
    const table = new FlakyTable(this.#open.documents, this.#open.name, (call) => this.#tableFate(call));
    const services = partyOn(table, this.#clock);
    let dead = false;
    void table.died.then(() => {
      dead = true;
    });
    services.pictures.ask = async (job) => {
      if (job.job !== 'snapshot') return;
      const { partyId, guestId } = job;
      if (dead) return never();
      if (this.#meets('pictures', guestId)) throw new Error('No Lambda today.');
      this.pictures.add(guestKey({ partyId, guestId }));
    };
    const chat = {
      announceArrival: (arrival: Arrival) => (dead ? never() : this.#announce(arrival, table)),
    };
    const [welcome, announcer] = [new Welcome(services, chat), new Announcer(services, chat)];
    const worker = { table, welcome, announcer, isDead: () => dead };
    this.#workers.set(which, worker);
    return worker;
  }

  async #announce(arrival: Arrival, table: FlakyTable): Promise<number> {
    const key = guestKey(arrival);
    const now = this.#clock.now();
    if (now < (this.#notBefore.get(key) ?? 0)) this.tooEarly.push(key);
    // Not by the party: a plan that is played again, for finding a smaller one, must go as before.
    const who = arrival.guestId;
    const trouble = this.#meets('telegram', who);
    const dies = this.#meets('death', who);
    if (!trouble && !dies) return this.messages.push(arrival);
    this.#notBefore.set(key, now + sendLease);
    if (!dies && this.#happens('refuses', who) < 0.5) {
      const wait = Math.floor(this.#happens('wait', who) * 90) * second;
      // When that cannot be written, the lease stands.
      this.#notBefore.set(key, now + Math.min(wait, sendLease));
      throw new NotSentError('429', now + wait);
    }
    if (this.#happens('sends', who) < 0.5) {
      this.messages.push(arrival);
      this.#countUnmarked(key);
    }
    if (!dies) throw new Error('time-out');
    table.die();
    return never();
  }

  #tableFate({ operation, key, values }: TableCall): Fate {
    const what = `${operation} ${key.sk}`;
    const dies = this.#meets('death', what);
    const fails = this.#meets('table', what);
    if (!dies && !fails) return 'works';
    const done = this.#happens('done', what) < 0.5;
    if (!done && 'messageId' in values) {
      const partyId = key.pk.slice('PARTY#'.length);
      this.#countUnmarked(guestKey({ partyId, guestId: key.sk.slice('guest#'.length) }));
    }
    if (dies) return done ? 'dies after' : 'dies before';
    return done ? 'works unheard' : 'fails';
  }

  #countUnmarked(key: string): void {
    this.unmarked.set(key, (this.unmarked.get(key) ?? 0) + 1);
  }

  #meets(trouble: keyof Troubles, what: string): boolean {
    return this.troubled && this.#happens(trouble, what) < this.#troubles[trouble];
  }

  /**
   * A number from 0 to 1 for the next time that this happens. By what happens and how often it did, not by the
   * order of all that happens: that depends on the machine.
   */
  #happens(kind: string, what: string): number {
    const name = `${kind} ${what}`;
    const count = (this.#calls.get(name) ?? 0) + 1;
    this.#calls.set(name, count);
    return hash(`${this.#seed} ${name} ${count}`);
  }
}

interface Worker {
  readonly table: FlakyTable;
  readonly welcome: Welcome;
  readonly announcer: Announcer;
  isDead(): boolean;
}

/** One guest at one party. */
export const guestKey = ({ partyId, guestId }: Pick<Arrival, 'partyId' | 'guestId'>): string =>
  `${partyId} ${guestId}`;

/** What all leases and all of Telegram's waiting times are shorter than. */
export const longWait = 2 * minute;

/** FNV-1a, then one round of murmur3's finish: near enough to chance. */
function hash(text: string): number {
  let state = 0x811c9dc5;
  for (const char of text) state = Math.imul(state ^ char.codePointAt(0)!, 0x01000193);
  state = Math.imul(state ^ (state >>> 16), 0x85ebca6b);
  state = Math.imul(state ^ (state >>> 13), 0xc2b2ae35);
  return ((state ^ (state >>> 16)) >>> 0) / 2 ** 32;
}

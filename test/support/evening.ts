import type { Arrival } from '../../party/arrivals.ts';
import { minute, second } from '../../party/clock.ts';
import { NotSentError } from '../../party/errors.ts';
import type { Party } from '../../party/parties.ts';
import { type PlacedRecord, Welcome, type Welcomed } from '../../party/welcome.ts';
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
  #troubles: Troubles;
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

  /** From now on all goes well. */
  calm(): void {
    this.#troubles = { table: 0, telegram: 0, death: 0, pictures: 0 };
  }

  /** Hands a batch to one of the Lambdas until it is handled, as the event source mapping does. */
  async deliver(which: number, records: readonly PlacedRecord[]): Promise<Welcomed> {
    let left = records;
    for (let attempts = 0; attempts < 500; attempts++) {
      const welcomed = await this.#run(which, (welcome) => welcome.batch(left));
      if (welcomed && welcomed.failed.length === 0) return welcomed;
      if (!welcomed) continue;
      const failed = left.findIndex(({ sequenceNumber }) => welcomed.failed.includes(sequenceNumber));
      // A list that names none of the batch means all of it.
      left = left.slice(Math.max(0, failed));
    }
    throw new Error('A batch was never handled.');
  }

  /** The schedule's invocation; it is not repeated when it fails. */
  async tick(which: number, party: Party): Promise<void> {
    await this.#run(which, (welcome) => welcome.leftOver(party, 0));
  }

  /** A process of its own, with no memory of the one before. */
  restart(which: number): void {
    this.#workers.delete(which);
  }

  async #run<Result>(
    which: number,
    work: (welcome: Welcome) => Promise<Result>,
  ): Promise<Result | undefined> {
    const worker = this.#workers.get(which) ?? this.#newWorker(which);
    const { table, welcome } = worker;
    const done = work(welcome).catch(() => undefined);
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
    services.pictures.ask = async ({ partyId, guestId }) => {
      if (dead) return never();
      if (this.#happens('pictures', guestId) < this.#troubles.pictures) throw new Error('No Lambda today.');
      this.pictures.add(guestKey({ partyId, guestId }));
    };
    const welcome = new Welcome(services, (arrival) => (dead ? never() : this.#announce(arrival, table)));
    const worker = { table, welcome, isDead: () => dead };
    this.#workers.set(which, worker);
    return worker;
  }

  async #announce(arrival: Arrival, table: FlakyTable): Promise<number> {
    const key = guestKey(arrival);
    const { telegram, death } = this.#troubles;
    const trouble = this.#happens('telegram', key) < telegram;
    const dies = this.#happens('death', key) < death;
    const sends = this.#happens('sends', key) < 0.5;
    if (!trouble && !dies) return this.messages.push(arrival);
    if (trouble && !dies && this.#happens('refuses', key) < 0.5) {
      throw new NotSentError('429', this.#clock.now() + Math.floor(this.#happens('wait', key) * 90) * second);
    }
    if (sends) {
      this.messages.push(arrival);
      this.#countUnmarked(key);
    }
    if (!dies) throw new Error('time-out');
    table.die();
    return never();
  }

  #tableFate({ operation, key, values }: TableCall): Fate {
    const { table, death } = this.#troubles;
    const what = `${operation} ${key.sk}`;
    const dies = this.#happens('dies', what) < death / 4;
    const fails = this.#happens('table', what) < table;
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

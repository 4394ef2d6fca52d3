import { randomUUID } from 'node:crypto';
import { type Clock, second } from '../clock.ts';
import type { Key, Table } from '../stores/table.ts';
import { longestLease } from './lease.ts';

/** What a claimed item carries besides what its owner keeps in it. */
export interface Claim {
  /** Absent before the first claim. What was dropped will never be done, and the log says why. */
  readonly claim?: 'claimed' | 'done' | 'dropped';
  /** Milliseconds since 1970: until then the claimer alone works on it. */
  readonly leaseEnds?: number;
  /** Whose claim it is: another id for each. */
  readonly holder?: string;
  /** How many times it was claimed. */
  readonly attempts?: number;
  /** Seconds since 1970, if it is not kept for ever: from then on it is as if it had never been claimed. */
  readonly expiresAt?: number;
}

/** What was forgotten while somebody worked on it does not come back. */
export const wasClaimed = 'attribute_exists(#claim)';

/** The outcome of trying to claim: it is ours, somebody else's for now, or done for good. */
export type Claimed<Item> =
  | { readonly outcome: 'claimed'; readonly item: Item & Claim & Key }
  | { readonly outcome: 'in progress' | 'done' | 'dropped'; readonly leaseEnds?: number };

/**
 * Claim, do, mark: the one way in which something is done once though it may be asked for many times.
 *
 * A claim is a conditional write with a lease. Whoever holds it does the work and marks it done. If the holder
 * dies, the lease ends and anybody may claim again. So the work is done at least once, and exactly once but in
 * the one window between doing and marking.
 */
export class Claims {
  readonly #table: Table;
  readonly #now: Clock;

  constructor(table: Table, now: Clock) {
    this.#table = table;
    this.#now = now;
  }

  /**
   * A claim that has expired, done or not, is none: DynamoDB removes it days later, and a stand-in may keep it for ever,
   * while its key may be used again for something new.
   *
   * @param lease milliseconds; must be longer than the claimer can live (the Lambda's time-out)
   * @param details kept on the item by the first claim; a later claim leaves them as they are
   */
  async claim<Item>(
    key: Key,
    lease: number,
    details: Readonly<Record<string, unknown>> = {},
  ): Promise<Claimed<Item>> {
    const item = await this.#take<Item>(key, this.#now() + lease, 1, details);
    if (item) return { outcome: 'claimed', item };
    const why = await this.#whyNot(key);
    return why === 'expired' ? this.claim(key, lease, details) : why;
  }

  /**
   * Puts a thing down for whoever claims it next. What is in progress or done stays as it is.
   *
   * @param details as with a claim
   */
  async leave(key: Key, details: Readonly<Record<string, unknown>>): Promise<Claimed<unknown>['outcome']> {
    if (await this.#take(key, this.#now() - 1, 0, details)) return 'claimed';
    const why = await this.#whyNot(key);
    return why === 'expired' ? this.leave(key, details) : why.outcome;
  }

  /** Why something could not be claimed. One that had expired is gone now. */
  async #whyNot(key: Key): Promise<Exclude<Claimed<unknown>, { outcome: 'claimed' }> | 'expired'> {
    const held = await this.#table.get<Claim>(key);
    if (await this.#forgetExpired(key, held)) return 'expired';
    const { claim, leaseEnds = this.#now() } = held ?? {};
    return claim === 'done' || claim === 'dropped'
      ? { outcome: claim }
      : { outcome: 'in progress', leaseEnds };
  }

  async #take<Item>(
    key: Key,
    leaseEnds: number,
    attempts: number,
    details: Readonly<Record<string, unknown>>,
  ): Promise<(Item & Claim & Key) | undefined> {
    const kept = Object.keys(details).filter((name) => details[name] !== undefined);
    return this.#table.update<Item & Claim>(
      key,
      [
        'SET #claim = :claimed, #holder = :holder, #leaseEnds = :leaseEnds, #attempts = if_not_exists(#attempts, :none) + :more',
        ...kept.map((name) => `#${name} = if_not_exists(#${name}, :${name})`),
      ].join(', '),
      {
        claimed: 'claimed',
        holder: randomUUID(),
        leaseEnds,
        none: 0,
        more: attempts,
        now: this.#now(),
        tooFar: this.#now() + longestLease,
        seconds: this.#now() / second,
        ...Object.fromEntries(kept.map((name) => [name, details[name]])),
      },
      '(attribute_not_exists(#expiresAt) OR #expiresAt > :seconds) AND ' +
        '(attribute_not_exists(#claim) OR (#claim = :claimed AND (#leaseEnds < :now OR #leaseEnds > :tooFar)))',
    );
  }

  /** Removes an item that has expired; of many who see it, whoever comes first. @returns whether it had expired */
  async #forgetExpired(key: Key, { expiresAt }: Claim = {}): Promise<boolean> {
    if (expiresAt === undefined || expiresAt * second > this.#now()) return false;
    await this.#table.delete(key, '#expiresAt = :expiresAt', { expiresAt });
    return true;
  }

  /** Marks it done, and keeps `details` on the item. */
  async done(key: Key, details: Readonly<Record<string, unknown>> = {}): Promise<void> {
    const kept = Object.keys(details).filter((name) => details[name] !== undefined);
    await this.#table.update(
      key,
      ['SET #claim = :done', ...kept.map((name) => `#${name} = :${name}`)].join(', '),
      { done: 'done', ...Object.fromEntries(kept.map((name) => [name, details[name]])) },
      wasClaimed,
    );
  }

  /** Marks it as never to be done. */
  async drop(key: Key): Promise<void> {
    await this.#table.update(key, 'SET #claim = :dropped', { dropped: 'dropped' }, wasClaimed);
  }

  /**
   * Gives a claim back because the work surely did not happen; anybody may claim again from `at` on
   * (milliseconds since 1970), but for an hour at most. Never call this when it may have happened: let the lease end.
   *
   * @param own the item as it was claimed: another's claim, of whoever came when the lease had ended, stays. Absent for
   * whoever knows that nobody works on it
   */
  async giveBack(key: Key, at: number, own?: Claim): Promise<void> {
    const until = Math.min(at, this.#now() + longestLease);
    await this.#table.update(
      key,
      'SET #leaseEnds = :until',
      { until, claimed: 'claimed', ...(own && { holder: own.holder }) },
      `#claim = :claimed${own ? ' AND #holder = :holder' : ''}`,
    );
  }
}

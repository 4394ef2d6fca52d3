import type { Clock } from '../clock.ts';
import type { Key, Table } from '../stores/table.ts';

/** A user who may run the party. Authority is a user's, never a chat's. */
export interface Host {
  readonly userId: number;
  readonly name: string;
  /** Milliseconds since 1970. */
  readonly since: number;
}

const pk = 'HOSTS';
const hostKey = (userId: number): Key => ({ pk, sk: `user#${userId}` });
const claimKey: Key = { pk, sk: 'claim' };

/** Who may speak with the bot. */
export class Hosts {
  readonly #table: Table;
  readonly #now: Clock;

  constructor(table: Table, now: Clock) {
    this.#table = table;
    this.#now = now;
  }

  async has(userId: number): Promise<boolean> {
    return (await this.#table.get(hostKey(userId))) !== undefined;
  }

  async list(): Promise<Host[]> {
    return this.#table.query<Host>(pk, 'user#');
  }

  /**
   * Makes a user the house's first host. It works once: whoever comes second with the same code is refused.
   * The same user may come again, so that a claim cut short can be finished.
   *
   * @returns false when another user has claimed the house
   */
  async claimHouse(userId: number, name: string): Promise<boolean> {
    const ours = await this.#table.put(
      { ...claimKey, userId },
      'attribute_not_exists(#pk) OR #userId = :userId',
      { userId },
    );
    if (ours) await this.add(userId, name);
    return ours;
  }

  async add(userId: number, name: string): Promise<void> {
    await this.#table.put({ ...hostKey(userId), userId, name, since: this.#now() });
  }

  /**
   * Remembers that a stranger was told whose chat this is.
   *
   * @returns true the first time
   */
  async firstRefusal(userId: number): Promise<boolean> {
    return this.#table.put({ pk: `CHAT#${userId}#${userId}`, sk: 'told' }, 'attribute_not_exists(#pk)');
  }
}

import { type Clock, expiry } from '../clock.ts';
import type { Key, Table } from '../stores/table.ts';
import { undoSpan } from '../undo-span.ts';

/** A user who may run the party. Authority is a user's, never a chat's. */
export interface Host {
  readonly userId: number;
  readonly name: string;
  /** Milliseconds since 1970. */
  readonly since: number;
  /** The first host, who alone makes others co-hosts and removes them. */
  readonly isOwner: boolean;
}

interface HostItem extends Omit<Host, 'isOwner'> {
  /** When they were removed, milliseconds since 1970. */
  readonly removedAt?: number;
}

const pk = 'HOSTS';
const hostKey = (userId: number): Key => ({ pk, sk: `user#${userId}` });
const claimKey: Key = { pk, sk: 'claim' };
const present = 'attribute_exists(#pk) AND attribute_not_exists(#removedAt)';

/** Who may speak with the bot. A host who is removed is none at once, but can be restored for a day. */
export class Hosts {
  readonly #table: Table;
  readonly #now: Clock;

  constructor(table: Table, now: Clock) {
    this.#table = table;
    this.#now = now;
  }

  async has(userId: number): Promise<boolean> {
    const host = await this.#table.get<HostItem>(hostKey(userId));
    return host !== undefined && host.removedAt === undefined;
  }

  /** The hosts, in the order in which they became one. */
  async list(): Promise<Host[]> {
    const items = await this.#table.query<HostItem>(pk);
    const owner = items.find(({ sk }) => sk === claimKey.sk)?.userId;
    return items
      .filter(({ sk, removedAt }) => sk.startsWith('user#') && removedAt === undefined)
      .map(({ userId, name, since }) => ({ userId, name, since, isOwner: userId === owner }))
      .sort((a, b) => a.since - b.since || a.userId - b.userId);
  }

  async isOwner(userId: number): Promise<boolean> {
    return (await this.#table.get<{ readonly userId: number }>(claimKey))?.userId === userId;
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

  /** @returns who it was; undefined for the owner, and for whoever is no host (any more) */
  async remove(userId: number): Promise<Omit<Host, 'isOwner'> | undefined> {
    if (await this.isOwner(userId)) return undefined;
    const removedAt = this.#now();
    return this.#table.update<HostItem>(
      hostKey(userId),
      'SET #removedAt = :removedAt, #expiresAt = :expiresAt',
      { removedAt, expiresAt: expiry(removedAt, undoSpan) },
      present,
    );
  }

  /** Makes one who was removed a host again. @returns undefined when it is too late, or nobody was removed */
  async restore(userId: number): Promise<Omit<Host, 'isOwner'> | undefined> {
    return this.#table.update<HostItem>(
      hostKey(userId),
      'REMOVE #removedAt, #expiresAt',
      { after: this.#now() - undoSpan },
      'attribute_exists(#pk) AND #removedAt > :after',
    );
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

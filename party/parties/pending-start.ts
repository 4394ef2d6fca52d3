import type { Key, Table } from '../stores/table.ts';
import type { NewParty } from './party.ts';

/** A start of a party that somebody asked for and that has not come to anything yet. */
export interface PendingStart extends NewParty {
  /** The message that says how it goes: one for each start. */
  readonly startMessage: number;
  /** The message that asked for it: a start that is asked for by the same one is the same. */
  readonly askedIn: number;
  /** Milliseconds since 1970. */
  readonly askedAt: number;
}

const key: Key = { pk: 'PARTY', sk: 'start' };

/** The one start that is under way, if any. */
export class PendingStarts {
  readonly #table: Table;

  constructor(table: Table) {
    this.#table = table;
  }

  async get(): Promise<PendingStart | undefined> {
    const kept = await this.#table.get<PendingStart>(key);
    if (!kept) return undefined;
    const { pk, sk, ...start } = kept;
    return start;
  }

  /** @returns false when another is under way */
  async add(start: PendingStart): Promise<boolean> {
    return this.#table.put({ ...key, ...start }, 'attribute_not_exists(#pk)');
  }

  /** It came to something. @returns false when somebody else has said so */
  async remove({ startMessage }: Pick<PendingStart, 'startMessage'>): Promise<boolean> {
    return this.#table.delete(key, '#startMessage = :startMessage', { startMessage });
  }
}

import type { Key, Table } from './table.ts';

const key: Key = { pk: 'SETUP', sk: 'setup' };

/**
 * Who has set up this house and not taken leave. It is one, but for the minutes in which a deployment replaces
 * one by another: then there are two, and whichever goes must leave the house to the other.
 */
export class Setups {
  readonly #table: Table;

  constructor(table: Table) {
    this.#table = table;
  }

  /** Safe to repeat. */
  async add(id: string): Promise<void> {
    await this.#table.update(key, 'ADD #ids :id', { id: new Set([id]) });
  }

  /** @returns those that are left; safe to repeat, and for one that was never added */
  async remove(id: string): Promise<string[]> {
    const left = await this.#table.update<{ readonly ids?: ReadonlySet<string> }>(key, 'DELETE #ids :id', {
      id: new Set([id]),
    });
    return [...(left?.ids ?? [])];
  }
}

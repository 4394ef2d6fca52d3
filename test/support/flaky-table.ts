import type { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import { type Key, Table, type Values } from '../../party/stores/table.ts';

/** What becomes of one call: as with any network, what was done may not be heard of. */
export type Fate = 'works' | 'fails' | 'works unheard' | 'dies before' | 'dies after';

/** One call of the table. */
export interface TableCall {
  readonly operation: 'get' | 'getMany' | 'query' | 'put' | 'update' | 'delete';
  readonly key: Key;
  readonly values: Values;
}

/** A table whose calls fail, or end the process that made them, as somebody else decides. */
export class FlakyTable extends Table {
  readonly #fate: (call: TableCall) => Fate;
  readonly #underWay = new Set<Promise<unknown>>();
  /** Resolves when the process is gone. */
  readonly died: Promise<void>;
  #dead = false;
  #tellDeath = (): void => {};

  constructor(documents: DynamoDBDocumentClient, name: string, fate: (call: TableCall) => Fate) {
    super(documents, name);
    this.#fate = fate;
    this.died = new Promise((resolve) => {
      this.#tellDeath = resolve;
    });
  }

  /** The process is gone: nothing it still wants is done, and it hears of nothing any more. */
  die(): void {
    this.#dead = true;
    this.#tellDeath();
  }

  /** Resolves when nothing is on its way to the table any more. */
  async quiet(): Promise<void> {
    while (this.#underWay.size > 0) await Promise.allSettled(this.#underWay);
  }

  override get<Item>(key: Key): Promise<(Item & Key) | undefined> {
    return this.#call({ operation: 'get', key, values: {} }, () => super.get<Item>(key));
  }

  override getMany<Item>(keys: readonly Key[]): Promise<Array<Item & Key>> {
    const [key] = keys;
    if (!key) return super.getMany<Item>(keys);
    return this.#call({ operation: 'getMany', key, values: {} }, () => super.getMany<Item>(keys));
  }

  override query<Item>(pk: string, prefix = ''): Promise<Array<Item & Key>> {
    return this.#call({ operation: 'query', key: { pk, sk: prefix }, values: {} }, () =>
      super.query<Item>(pk, prefix),
    );
  }

  override last<Item>(pk: string): Promise<(Item & Key) | undefined> {
    return this.#call({ operation: 'query', key: { pk, sk: 'last' }, values: {} }, () =>
      super.last<Item>(pk),
    );
  }

  override put(item: Key & Record<string, unknown>, condition?: string, values?: Values): Promise<boolean> {
    return this.#call({ operation: 'put', key: item, values: values ?? {} }, () =>
      super.put(item, condition, values),
    );
  }

  override update<Item>(key: Key, change: string, values: Values, condition?: string) {
    return this.#call({ operation: 'update', key, values }, () =>
      super.update<Item>(key, change, values, condition),
    );
  }

  override delete(key: Key, condition?: string, values?: Values): Promise<boolean> {
    return this.#call({ operation: 'delete', key, values: values ?? {} }, () =>
      super.delete(key, condition, values),
    );
  }

  async #call<Answer>(call: TableCall, work: () => Promise<Answer>): Promise<Answer> {
    if (this.#dead) return never();
    const fate = this.#fate(call);
    if (fate === 'dies before') this.die();
    if (this.#dead) return never();
    if (fate === 'fails') throw new Error('The table does not answer.');
    const answer = work();
    this.#underWay.add(answer);
    try {
      const answered = await answer;
      if (fate === 'dies after') this.die();
      if (this.#dead) return never();
      if (fate === 'works unheard') throw new Error('The table’s answer was lost.');
      return answered;
    } finally {
      this.#underWay.delete(answer);
    }
  }
}

/** What a process that was killed waits for. */
export const never = (): Promise<never> => new Promise(() => {});

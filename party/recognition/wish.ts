import type { Clock } from '../clock.ts';
import type { Key, Table } from '../stores/table.ts';

/** The recognition's desired state: written by the chat, read every few seconds by the producer at home. */
export interface Wish {
  readonly on: boolean;
  /** When it was written, milliseconds since 1970: the wish's name, for no two have the same. */
  readonly since: number;
}

const key: Key = { pk: 'WISH', sk: 'recognition' };

/** The one wish there is. */
export class Wishes {
  readonly #table: Table;
  readonly #now: Clock;

  constructor(table: Table, now: Clock) {
    this.#table = table;
    this.#now = now;
  }

  /** @returns undefined before the first party */
  async read(): Promise<Wish | undefined> {
    return this.#table.get<Wish>(key);
  }

  /** Wishes that it be on or off; a wish that is there already stays as it is. @returns the wish that holds now */
  async write(on: boolean): Promise<Wish> {
    const wish: Wish = { on, since: this.#now() };
    const written = await this.#table.put({ ...key, ...wish }, 'attribute_not_exists(#pk) OR #on <> :on', {
      on,
    });
    return written ? wish : ((await this.read()) ?? wish);
  }
}

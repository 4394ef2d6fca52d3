import type { Clock } from '../clock.ts';
import type { Key, Table } from '../stores/table.ts';

/** The recognition's desired state: written by the chat, read every few seconds by the producer at home. */
export interface Wish {
  readonly on: boolean;
  /** When it was written, milliseconds since 1970: the wish's name, for no two have the same. */
  readonly since: number;
  /** Some guest is easily taken for somebody else, so that a name takes more searches (`guests/easily-mistaken.ts`). */
  readonly isCareful?: true;
  /** When the party that was begun last did, milliseconds since 1970: what was seen before then counts for none. */
  readonly partyStartedAt?: number;
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
    const item = await this.#table.get<Partial<Wish>>(key);
    const { on, since, isCareful, partyStartedAt } = item ?? {};
    if (on === undefined || since === undefined) return undefined;
    return {
      ...{ on, since },
      ...(isCareful && { isCareful }),
      ...(partyStartedAt !== undefined && { partyStartedAt }),
    };
  }

  /** Wishes that it be on or off; a wish that is there already stays as it is. @returns the wish that holds now */
  async write(on: boolean): Promise<Wish> {
    const wish: Wish = { on, since: this.#now() };
    const written = await this.#table.update(
      key,
      'SET #on = :on, #since = :since',
      { ...wish },
      'attribute_not_exists(#on) OR #on <> :on',
    );
    return written ? wish : ((await this.read()) ?? wish);
  }

  /** Says that a party has begun, which may be long after the recognition did. */
  async partyStarted(partyStartedAt: number): Promise<void> {
    await this.#table.update(key, 'SET #partyStartedAt = :partyStartedAt', { partyStartedAt });
  }

  /** Wishes that names be said on more searches, or not; it holds for parties to come, too. */
  async beCareful(isCareful: boolean): Promise<void> {
    if (isCareful)
      await this.#table.update(
        key,
        'SET #isCareful = :isCareful',
        { isCareful },
        'attribute_not_exists(#isCareful)',
      );
    else await this.#table.update(key, 'REMOVE #isCareful', {}, 'attribute_exists(#isCareful)');
  }
}

import type { Audio, PhotoSize, User } from 'grammy/types';
import type { Change, Journal, Table } from './journal.ts';

/** What a person is at the party, for the page and for tests; Telegram itself knows nothing of it. */
export type Role = 'host' | 'co-host' | 'guest' | 'anyone';

/** What a person shows of themselves to everybody. */
export interface Profile {
  /** Each in its sizes, the newest photo first. */
  readonly photos: ReadonlyArray<readonly PhotoSize[]>;
  /** The newest first. */
  readonly audios: readonly Audio[];
}

/** Someone with a Telegram account. */
export interface Person {
  readonly user: User;
  readonly role: Role;
  /** Whether this person has blocked the bot. */
  readonly blocked: boolean;
  readonly profile?: Profile;
}

/** Ids of those who join later begin behind this. */
const laterIds = 7_200_000_000;

/**
 * Those who are there from the start: ids beyond 32 bits, as Telegram gives them today, and people with and
 * without the optional names.
 */
export const firstPeople: readonly [host: Person, coHost: Person, guest: Person, anyone: Person] = [
  person(7_100_000_001, 'host', { first_name: 'Holly', last_name: 'Winters', username: 'holly_winters' }),
  person(7_100_000_002, 'co-host', { first_name: 'Cole', last_name: 'Sanders', username: 'cole_sanders' }),
  person(612_345_678, 'guest', { first_name: 'Gina' }),
  person(7_100_000_004, 'anyone', { first_name: 'Ander', username: 'ander' }),
];

function person(id: number, role: Role, names: Pick<User, 'first_name' | 'last_name' | 'username'>): Person {
  return { user: { id, is_bot: false, ...names, language_code: 'en' }, role, blocked: false };
}

/** Everyone who has an account here. */
export class People {
  readonly #table: Table<Person>;
  readonly #journal: Journal;

  constructor(journal: Journal) {
    this.#journal = journal;
    this.#table = journal.table('people');
  }

  all(): Person[] {
    return [...this.#table.rows.values()];
  }

  find(id: number): Person | undefined {
    return this.#table.rows.get(String(id));
  }

  put(one: Person): Change {
    return this.#table.put(String(one.user.id), one);
  }

  /** Somebody who makes an account only now. */
  newcomer(names: Pick<User, 'first_name' | 'last_name' | 'username'>): Person {
    return person(this.#journal.take('person', laterIds + 1), 'anyone', names);
  }
}

import type { Chat } from 'grammy/types';
import type { Change, Journal, Table } from './journal.ts';
import type { People, Person } from './people.ts';

/** The bot's place in a chat. */
export type BotStatus = 'administrator' | 'member' | 'left';

/** A chat as it is kept. */
export interface StoredChat {
  readonly id: number;
  readonly type: 'private' | 'supergroup';
  /** Groups only. */
  readonly title?: string;
  /** User ids of the people in it; the bot is not among them. */
  readonly members: readonly number[];
  /** Groups only: who made it. */
  readonly creator?: number;
  readonly bot: BotStatus;
  /** Whether the person has ever written here; until then a bot cannot begin a private chat. */
  readonly started: boolean;
}

/** The group that is there from the start. */
export const firstGroup = 'Party';
const firstGroupId = 1_900_000_001;

/** Private chats, whose id is the person's, and groups. */
export class Chats {
  readonly #table: Table<StoredChat>;
  readonly #journal: Journal;
  readonly #people: People;

  constructor(journal: Journal, people: People) {
    this.#journal = journal;
    this.#table = journal.table('chats');
    this.#people = people;
  }

  all(): StoredChat[] {
    return [...this.#table.rows.values()];
  }

  find(id: number): StoredChat | undefined {
    return this.#table.rows.get(String(id));
  }

  of(person: Person): StoredChat[] {
    return this.all().filter((chat) => chat.members.includes(person.user.id));
  }

  put(chat: StoredChat): Change {
    return this.#table.put(String(chat.id), chat);
  }

  /** A person's private chat with the bot, before anything is said in it. */
  private(person: Person): StoredChat {
    const { id } = person.user;
    return { id, type: 'private', members: [id], bot: 'member', started: false };
  }

  /** A new group; as an administrator the bot sees every message, as a member only what privacy mode lets it see. */
  group(title: string, creator: Person, members: readonly number[], bot: BotStatus): StoredChat {
    const id = Number(`-100${this.#journal.take('group', firstGroupId)}`);
    const everyone = [...new Set([creator.user.id, ...members])];
    return { id, type: 'supergroup', title, members: everyone, creator: creator.user.id, bot, started: true };
  }

  /** The Bot API's Chat object. */
  present(chat: StoredChat): Chat.PrivateChat | Chat.SupergroupChat {
    if (chat.type === 'supergroup') return { id: chat.id, type: 'supergroup', title: chat.title ?? '' };
    const person = this.#people.find(chat.id);
    if (person === undefined) throw new Error(`The private chat ${chat.id} belongs to nobody.`);
    const { first_name, last_name, username } = person.user;
    return {
      id: chat.id,
      type: 'private',
      first_name,
      ...(last_name === undefined ? {} : { last_name }),
      ...(username === undefined ? {} : { username }),
    };
  }
}

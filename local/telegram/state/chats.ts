import type { Chat } from 'grammy/types';
import type { Change, Journal, Table } from './journal.ts';
import type { People, Person } from './people.ts';

/** The bot's place in a chat. */
export type BotStatus = 'administrator' | 'member' | 'left' | 'kicked';

/** A topic of a forum; its id is that of the message which opened it (Bot API, *message_thread_id*). */
export interface Topic {
  readonly id: number;
  readonly name: string;
  readonly closed: boolean;
}

/** A chat as it is kept. */
export interface StoredChat {
  readonly id: number;
  readonly type: 'private' | 'group' | 'supergroup';
  /** Groups only. */
  readonly title?: string;
  /** A group that was upgraded: the id of its supergroup, in which it goes on. */
  readonly upgradedTo?: number;
  /** A supergroup with topics: a forum. */
  readonly topics?: readonly Topic[];
  /** Groups only: nobody but administrators may write. */
  readonly readOnly?: boolean;
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
/** A supergroup's id is its number below this (Bot API, *Chat*: `-100…`). */
const supergroupIds = 1_000_000_000_000;

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

  /** The same as a basic group, which has a short id and can be upgraded to a supergroup. */
  basicGroup(title: string, creator: Person, members: readonly number[], bot: BotStatus): StoredChat {
    const { id, ...group } = this.group(title, creator, members, bot);
    return { ...group, id: id + supergroupIds, type: 'group' };
  }

  /** The supergroup in which a basic group goes on. */
  supergroupOf(group: StoredChat): StoredChat {
    return { ...group, id: group.id - supergroupIds, type: 'supergroup' };
  }

  /** The Bot API's Chat object. */
  present(chat: StoredChat): Chat.PrivateChat | Chat.GroupChat | Chat.SupergroupChat {
    const title = chat.title ?? '';
    if (chat.type === 'group') return { id: chat.id, type: 'group', title };
    if (chat.type === 'supergroup')
      return { id: chat.id, type: 'supergroup', title, ...(chat.topics ? { is_forum: true } : {}) };
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

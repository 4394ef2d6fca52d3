import type {
  ForceReply,
  InlineKeyboardMarkup,
  Message,
  ReactionType,
  ReplyKeyboardMarkup,
  ReplyKeyboardRemove,
  User,
} from 'grammy/types';
import type { Chats, StoredChat } from './chats.ts';
import type { Change, Journal, Table } from './journal.ts';

/** Anything that `reply_markup` may be. */
export type ReplyMarkup = InlineKeyboardMarkup | ReplyKeyboardMarkup | ReplyKeyboardRemove | ForceReply;

/** What a message says or shows: the members of the Bot API's Message that its kind has. */
export type Content = Partial<
  Pick<
    Message,
    | 'text'
    | 'entities'
    | 'caption'
    | 'caption_entities'
    | 'photo'
    | 'audio'
    | 'document'
    | 'video'
    | 'voice'
    | 'media_group_id'
    | 'has_media_spoiler'
    | 'has_protected_content'
    | 'show_caption_above_media'
    | 'new_chat_members'
    | 'left_chat_member'
    | 'migrate_to_chat_id'
    | 'migrate_from_chat_id'
    | 'users_shared'
    | 'forum_topic_created'
    | 'forum_topic_closed'
    | 'forum_topic_reopened'
  >
>;

/** The members of a message that are words. */
const words = ['text', 'entities', 'caption', 'caption_entities'] as const satisfies ReadonlyArray<
  keyof Content
>;

/** The same without its words. */
export function withoutWords(content: Content): Content {
  const rest = Object.entries(content).filter(([key]) => !(words as readonly string[]).includes(key));
  return Object.fromEntries(rest);
}

/** Whether it shows a file, which may have a caption. */
export function isMedia({ photo, audio, document, video, voice }: Content): boolean {
  return [photo, audio, document, video, voice].some((media) => media !== undefined);
}

/** A message as it is kept; chat and replied-to message are filled in when it is shown. */
export interface StoredMessage {
  readonly message_id: number;
  readonly from: User;
  /** Unix time, seconds. */
  readonly date: number;
  readonly edit_date?: number;
  readonly reply_to?: number;
  /** The topic of a forum that it stands in. */
  readonly topic?: number;
  readonly reply_markup?: ReplyMarkup;
  readonly content: Content;
  /** Sent with `disable_notification`. */
  readonly silent?: boolean;
  /** The bot's reaction. */
  readonly reaction?: readonly ReactionType[];
}

/** A message as a person's client sees it: any kind of keyboard, the bot's reaction, and whether it came silently. */
export type PersonMessage = Omit<Message, 'reply_markup'> & {
  reply_markup?: ReplyMarkup;
  reaction?: readonly ReactionType[];
  silent?: true;
};

/** Whether a keyboard is one of buttons under the message, which is the only kind that a bot gets back. */
export function isInline(markup: ReplyMarkup | undefined): markup is InlineKeyboardMarkup {
  return markup !== undefined && 'inline_keyboard' in markup;
}

/** Messages of every chat; each chat counts its own from 1. */
export class Messages {
  readonly #journal: Journal;
  readonly #chats: Chats;

  constructor(journal: Journal, chats: Chats) {
    this.#journal = journal;
    this.#chats = chats;
  }

  /** An id for the chat's next message. */
  nextId(chat: StoredChat): number {
    return this.#journal.take(`message ${chat.id}`);
  }

  find(chat: StoredChat, id: number): StoredMessage | undefined {
    return this.#of(chat).rows.get(String(id));
  }

  all(chat: StoredChat): StoredMessage[] {
    return [...this.#of(chat).rows.values()];
  }

  put(chat: StoredChat, message: StoredMessage): Change {
    return this.#of(chat).put(String(message.message_id), message);
  }

  remove(chat: StoredChat, id: number): Change {
    return this.#of(chat).remove(String(id));
  }

  /** The message as the Bot API shows it; `depth` 0 leaves out the message that it replies to. */
  forBot(chat: StoredChat, message: StoredMessage, depth = 1): Message {
    const { reply_markup, ...rest } = this.#common(chat, message);
    const replied = message.reply_to === undefined ? undefined : this.find(chat, message.reply_to);
    return {
      ...rest,
      ...(replied && depth > 0 ? { reply_to_message: this.forBot(chat, replied, 0) } : {}),
      ...(isInline(reply_markup) ? { reply_markup } : {}),
    } as Message;
  }

  /** The message as a person's client shows it. */
  forPerson(chat: StoredChat, message: StoredMessage): PersonMessage {
    const { reply_to_message } = this.forBot(chat, message);
    return {
      ...this.#common(chat, message),
      ...(reply_to_message ? { reply_to_message } : {}),
      ...(message.reaction?.length ? { reaction: message.reaction } : {}),
      ...(message.silent ? { silent: true as const } : {}),
    } as PersonMessage;
  }

  #common(chat: StoredChat, message: StoredMessage) {
    const { message_id, from, date, edit_date, topic, reply_markup, content } = message;
    return {
      message_id,
      from,
      chat: this.#chats.present(chat),
      date,
      ...(edit_date === undefined ? {} : { edit_date }),
      ...(topic === undefined ? {} : { message_thread_id: topic, is_topic_message: true as const }),
      ...content,
      ...(reply_markup === undefined ? {} : { reply_markup }),
    };
  }

  #of(chat: StoredChat): Table<StoredMessage> {
    return this.#journal.table(`messages ${chat.id}`);
  }
}

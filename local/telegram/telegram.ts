import { join } from 'node:path';
import type { Update, User, UserFromGetMe } from 'grammy/types';
import { mirrored, type OpenOptions } from '../disk/damage.ts';
import { botUser } from './bot-user.ts';
import { Commands } from './commands.ts';
import { Polling } from './delivery/polling.ts';
import { Queries } from './delivery/queries.ts';
import { Updates } from './delivery/updates.ts';
import { type RetryDelays, telegramDelays, WebhookDelivery } from './delivery/webhook.ts';
import { Faults } from './faults.ts';
import { RateLimiter, type RateLimits } from './rate-limits.ts';
import { Chats, firstGroup, type StoredChat } from './state/chats.ts';
import { Events } from './state/events.ts';
import { fileIdsIn } from './state/file-ids.ts';
import { Files } from './state/files.ts';
import { JoinRequests } from './state/join-requests.ts';
import { type Change, Journal } from './state/journal.ts';
import { type Content, Messages, type ReplyMarkup, type StoredMessage } from './state/messages.ts';
import { firstPeople, People } from './state/people.ts';

export interface TelegramOptions extends OpenOptions {
  /** The data folder; all of Telegram is kept in `telegram/` below it. */
  readonly folder: string;
  /** The one bot's token; the number before its colon is the bot's id. */
  readonly token: string;
  readonly name?: string;
  readonly username?: string;
  /** Milliseconds since the epoch; tests may hand in a clock. */
  readonly now?: () => number;
  /** How failed webhook deliveries are tried again; Telegram's own delays unless given. */
  readonly delays?: Partial<RetryDelays>;
  /** Telegram's limits on messages are kept if these are given. */
  readonly limits?: RateLimits;
  /** Told of what went wrong in here, which is never a caller's fault; written to stderr unless given. */
  readonly onError?: (error: unknown) => void;
}

/** What goes with a message beside its content. */
export interface Sending {
  readonly replyTo?: number | undefined;
  /** The topic of a forum. */
  readonly topic?: number | undefined;
  readonly markup?: ReplyMarkup | undefined;
  readonly silent?: boolean;
  /** Changes that must be on disk together with the message. */
  readonly with?: readonly Change[];
}

/** Telegram on this machine: people, chats, messages, files, one bot, and the updates that wait for it. */
export class Telegram {
  readonly token: string;
  /** The bot as getMe shows it. */
  readonly bot: UserFromGetMe;
  /** The bot as everything else shows it, the sender of its messages. */
  readonly self: User;
  readonly now: () => number;
  readonly journal: Journal;
  readonly people: People;
  readonly chats: Chats;
  readonly messages: Messages;
  readonly files: Files;
  readonly events: Events;
  readonly updates: Updates;
  readonly queries: Queries;
  readonly commands: Commands;
  readonly joinRequests: JoinRequests;
  readonly polling: Polling;
  readonly webhook: WebhookDelivery;
  readonly onError: (error: unknown) => void;
  /** Faults that tests put into Bot API methods. */
  readonly faults = new Faults();
  /** Which messages are refused because there were too many. */
  readonly limiter: RateLimiter;
  readonly #ending = new AbortController();

  /** @throws DamagedError, BadTokenError */
  constructor(options: TelegramOptions) {
    const folder = join(options.folder, 'telegram');
    this.token = options.token;
    this.bot = botUser(options.token, options.name ?? 'Musical Joy', options.username ?? 'musical_joy_bot');
    const { id, is_bot, first_name, username } = this.bot;
    this.self = { id, is_bot, first_name, username };
    this.now = options.now ?? Date.now;
    this.limiter = new RateLimiter(options.limits, this.now);
    this.onError = options.onError ?? ((error) => console.error('Telegram on this machine:', error));
    const mark = join(options.folder, 'marks', 'telegram.json');
    this.journal = new Journal(mirrored(options.folder, 'telegram', 'journal.jsonl'), mark, options);
    this.people = new People(this.journal);
    this.chats = new Chats(this.journal, this.people);
    this.messages = new Messages(this.journal, this.chats);
    this.files = new Files(this.journal, join(folder, 'files'), this.bot.id);
    this.files.removeUnknown(this.now());
    this.events = new Events(this.journal);
    this.updates = new Updates(this.journal, this.now);
    this.queries = new Queries(this.journal, this.now);
    this.commands = new Commands(this.journal);
    this.joinRequests = new JoinRequests(this.journal, this.now);
    this.polling = new Polling(this.updates);
    const delays = { ...telegramDelays, ...options.delays };
    this.webhook = new WebhookDelivery(this.updates, delays, this.now);
    this.updates.watchTaken((taken) => {
      for (const id of new Set(taken.flatMap(({ update }) => update.message?.chat.id ?? []))) {
        const chat = this.chats.find(id);
        if (chat) this.events.show({ chat_id: id, up_to: this.readUpTo(chat) });
      }
    });
    if (this.people.all().length === 0) this.#settle();
    this.#removeUnshown();
  }

  /** Aborted when Telegram closes: open event streams and long polls end with it. */
  get ending(): AbortSignal {
    return this.#ending.signal;
  }

  /** Stops deliveries and streams, and closes the journal. */
  async close(): Promise<void> {
    this.#ending.abort();
    this.polling.end();
    await this.webhook.close();
    this.journal.close();
  }

  /** The time as messages carry it, in seconds. */
  date(): number {
    return Math.floor(this.now() / 1000);
  }

  /** The newest of a chat's messages that the bot has taken, with all before it; 0 before the first. */
  readUpTo(chat: StoredChat): number {
    const waiting = this.updates
      .pending()
      .flatMap(({ update: { message } }) => (message?.chat.id === chat.id ? [message.message_id] : []));
    return waiting.length > 0 ? Math.min(...waiting) - 1 : (this.messages.all(chat).at(-1)?.message_id ?? 0);
  }

  /** Puts a message into a chat; a person's is offered to the bot as an update. */
  post(chat: StoredChat, from: User, content: Content, sending: Sending = {}): StoredMessage {
    const { replyTo, topic, markup, silent } = sending;
    const message: StoredMessage = {
      message_id: this.messages.nextId(chat),
      from,
      date: this.date(),
      ...(replyTo === undefined ? {} : { reply_to: replyTo }),
      ...(topic === undefined ? {} : { topic }),
      ...(markup === undefined ? {} : { reply_markup: markup }),
      ...(silent ? { silent } : {}),
      content,
    };
    this.journal.commit([
      ...(sending.with ?? []),
      this.messages.put(chat, message),
      ...this.events.record({ type: 'message', chat_id: chat.id, message_id: message.message_id }),
      ...(this.#botSees(chat, message) ? this.#messageUpdate(chat, message) : []),
    ]);
    return message;
  }

  /** Puts a changed message in place of the old one. */
  replace(chat: StoredChat, message: StoredMessage, changes: readonly Change[] = []): void {
    this.journal.commit([
      ...changes,
      this.messages.put(chat, message),
      ...this.events.record({ type: 'edited', chat_id: chat.id, message_id: message.message_id }),
    ]);
  }

  /** The same for what a person changed, which the bot is told as `edited_message`. */
  edit(chat: StoredChat, message: StoredMessage): void {
    const shown = this.messages.forBot(chat, message) as NonNullable<Update['edited_message']>;
    const update = this.#botSees(chat, message)
      ? this.updates.offer({ edited_message: shown }, `chat ${chat.id}`)
      : [];
    this.replace(chat, message, update);
  }

  /** Takes messages away for everyone, and the files that only they showed. */
  remove(chat: StoredChat, ids: readonly number[]): void {
    this.journal.commit(
      ids.flatMap((id) => [
        this.messages.remove(chat, id),
        ...this.events.record({ type: 'deleted', chat_id: chat.id, message_id: id }),
      ]),
    );
    this.#removeUnshown();
  }

  /** The same so that nothing of them is left on the disk: what was said, and what the bot answered to their buttons. */
  erase(chat: StoredChat, ids: readonly number[]): void {
    this.remove(chat, ids);
    this.journal.commit(this.events.forgetAnswers());
    this.journal.compact();
  }

  /** The update that tells the bot of its new place in a chat, by someone's doing. */
  memberUpdate(chat: StoredChat, by: User, from: string, to: string): Change[] {
    const member = (status: string) =>
      ({ status, user: this.bot, ...(status === 'kicked' ? { until_date: 0 } : {}) }) as never;
    const my_chat_member: NonNullable<Update['my_chat_member']> = {
      chat: this.chats.present(chat),
      from: by,
      date: this.date(),
      old_chat_member: member(from),
      new_chat_member: member(to),
    };
    return this.updates.offer({ my_chat_member }, `chat ${chat.id}`);
  }

  #removeUnshown(): void {
    const messages = this.chats.all().flatMap((chat) => this.messages.all(chat));
    this.files.keepOnly(fileIdsIn([messages, this.people.all(), this.updates.pending()]));
  }

  #messageUpdate(chat: StoredChat, message: StoredMessage): Change[] {
    const shown = this.messages.forBot(chat, message) as NonNullable<Update['message']>;
    return this.updates.offer({ message: shown }, `chat ${chat.id}`);
  }

  /**
   * An administrator sees everything. A plain member has privacy mode: commands, replies to the bot, and
   * service messages (Bot API, *Privacy mode*).
   */
  #botSees(chat: StoredChat, message: StoredMessage): boolean {
    if (message.from.id === this.bot.id || chat.bot === 'left' || chat.bot === 'kicked') return false;
    if (chat.type === 'private' || chat.bot === 'administrator') return true;
    const { text, entities = [], caption_entities = [] } = message.content;
    const isService =
      text === undefined && Object.keys(message.content).some((key) => /_chat_|^forum_/.test(key));
    const replied = message.reply_to === undefined ? undefined : this.messages.find(chat, message.reply_to);
    const isCommand = [...entities, ...caption_entities].some(({ type }) => type === 'bot_command');
    return isService || isCommand || replied?.from.id === this.bot.id;
  }

  /** The people, their private chats and the first group. */
  #settle(): void {
    const [host, coHost, guest] = firstPeople;
    const group = this.chats.group(firstGroup, host, [coHost.user.id, guest.user.id], 'administrator');
    const chats = [...firstPeople.map((person) => this.chats.private(person)), group];
    this.journal.commit([
      ...firstPeople.map((person) => this.people.put(person)),
      ...chats.map((chat) => this.chats.put(chat)),
    ]);
  }
}

import { BotApiError, badRequest, forbidden } from '../errors.ts';
import type { BotStatus, StoredChat, Topic } from '../state/chats.ts';
import type { Person } from '../state/people.ts';
import type { Telegram } from '../telegram.ts';
import type { Params } from './params.ts';

/** One call of a Bot API method. */
export interface Call {
  readonly telegram: Telegram;
  readonly params: Params;
  /** Aborted when the caller has gone away. */
  readonly signal: AbortSignal;
}

/** A method: gives its `result`, or throws a BotApiError. A `Described` result carries a description too. */
export type Method = (call: Call) => unknown;

/** A result with a sentence beside it, as setWebhook gives. */
export class Described {
  readonly result: unknown;
  readonly description: string;

  constructor(result: unknown, description: string) {
    this.result = result;
    this.description = description;
  }
}

/** @throws BotApiError 400 when no chat is named or the bot does not know it. */
export function knownChat({ telegram, params }: Call): StoredChat {
  const named = params.text('chat_id');
  if (named === undefined || named === '') throw badRequest('chat_id is empty');
  // Only public groups could be named as @username, and there are none here.
  const chat = /^-?\d{1,15}$/.test(named) ? telegram.chats.find(Number(named)) : undefined;
  if (chat === undefined || !isMet(telegram, chat)) throw badRequest('chat not found');
  if (chat.bot === 'left') throw forbidden(`bot is not a member of the ${chat.type} chat`);
  if (chat.bot === 'kicked') throw forbidden(`bot was kicked from the ${chat.type} chat`);
  return chat;
}

/** How TDLib names what somebody may not send (td/telegram/MessageContent.cpp, can_send_message_content). */
const sendables: Readonly<Record<string, string>> = {
  text: 'text messages',
  audio: 'music',
  photo: 'photos',
  video: 'videos',
  voice: 'voice notes',
  document: 'documents',
};

/**
 * @param kind what is to be sent
 * @throws BotApiError also 403 when the bot may not write there, and 400 when nobody may, or the group has moved
 */
export function writableChat(call: Call, kind = 'text'): StoredChat {
  const chat = knownChat(call);
  if (chat.upgradedTo !== undefined) {
    throw new BotApiError(400, 'Bad Request: group chat was upgraded to a supergroup chat', {
      migrate_to_chat_id: chat.upgradedTo,
    });
  }
  if (chat.readOnly && chat.bot !== 'administrator')
    throw badRequest(`not enough rights to send ${sendables[kind] ?? kind} to the chat`);
  const topic = topicIn(chat, call.params.whole('message_thread_id'));
  // Those who may manage topics could write into a closed one; the bot's rights do not hold that one.
  if (topic?.closed) throw badRequest('TOPIC_CLOSED');
  if (chat.type !== 'private') return chat;
  if (call.telegram.people.find(chat.id)?.blocked) throw forbidden('bot was blocked by the user');
  if (!chat.started && !call.telegram.joinRequests.makeContactable(chat.id))
    throw forbidden("bot can't initiate conversation with a user");
  return chat;
}

/** The topic that a call names. */
export const topicOf = ({ params }: Call): number | undefined => params.whole('message_thread_id');

/** @throws BotApiError 400 when there is no such topic. */
function topicIn({ topics = [] }: StoredChat, id: number | undefined): Topic | undefined {
  if (id === undefined) return undefined;
  const topic = topics.find((one) => one.id === id);
  if (!topic) throw badRequest('message thread not found');
  return topic;
}

/** The text of an obligatory parameter. */
export function needText({ params }: Call, name: string): string {
  const text = params.text(name);
  if (text === undefined || text === '') throw badRequest(`parameter "${name}" is required`);
  return text;
}

/** @throws BotApiError 400 when no user is named, or one whom the bot has never met. */
export function knownUser({ telegram, params }: Call): Person {
  const id = params.whole('user_id');
  if (id === undefined || id <= 0) throw badRequest('invalid user_id specified');
  const person = telegram.people.find(id);
  const chat = person && telegram.chats.find(id);
  if (!person || !chat || !isMet(telegram, chat)) throw badRequest('user not found');
  return person;
}

/** The bot meets people by their first message, or in a group where both are. */
function isMet(telegram: Telegram, chat: StoredChat): boolean {
  if (chat.type !== 'private' || chat.started) return true;
  if (telegram.joinRequests.makeContactable(chat.id)) return true;
  return telegram.chats
    .all()
    .some(({ type, bot, members }) => type !== 'private' && isThere(bot) && members.includes(chat.id));
}

const isThere = (bot: BotStatus): boolean => bot !== 'left' && bot !== 'kicked';

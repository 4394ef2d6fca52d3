import { badRequest, forbidden } from '../errors.ts';
import type { StoredChat } from '../state/chats.ts';
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
  if (chat.bot === 'left') throw forbidden('bot is not a member of the supergroup chat');
  return chat;
}

/** @throws BotApiError also 403 when the bot may not write there. */
export function writableChat(call: Call): StoredChat {
  const chat = knownChat(call);
  if (chat.type === 'supergroup') return chat;
  if (call.telegram.people.find(chat.id)?.blocked) throw forbidden('bot was blocked by the user');
  if (!chat.started) throw forbidden("bot can't initiate conversation with a user");
  return chat;
}

/** The text of an obligatory parameter. */
export function needText({ params }: Call, name: string): string {
  const text = params.text(name);
  if (text === undefined || text === '') throw badRequest(`parameter "${name}" is required`);
  return text;
}

/** The bot meets people by their first message, or in a group where both are. */
function isMet(telegram: Telegram, chat: StoredChat): boolean {
  if (chat.type === 'supergroup' || chat.started) return true;
  return telegram.chats
    .all()
    .some(({ type, bot, members }) => type === 'supergroup' && bot !== 'left' && members.includes(chat.id));
}

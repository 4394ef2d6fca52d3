import { isDeepStrictEqual } from 'node:util';
import type { Message, ReactionType } from 'grammy/types';
import { badRequest } from '../errors.ts';
import type { StoredChat } from '../state/chats.ts';
import type { Change } from '../state/journal.ts';
import {
  type Content,
  isInline,
  isMedia,
  type ReplyMarkup,
  type StoredMessage,
  withoutWords,
} from '../state/messages.ts';
import { checkMarkup } from '../text/keyboard.ts';
import { type Call, type Method, writableChat } from './call.ts';
import { inputMedia } from './media.ts';
import { reactions } from './reactions.ts';
import { ownCaption, textContent } from './send.ts';

/** A bot cannot take back a message for everyone after 48 hours (Bot API, deleteMessage). */
const deletableS = 48 * 60 * 60;
const unchanged =
  'message is not modified: specified new message content and reply markup are exactly the same as a current content and reply markup of the message';

interface Found {
  readonly chat: StoredChat;
  readonly message: StoredMessage;
}

function find(call: Call, missing: string): Found {
  const id = call.params.whole('message_id');
  if (id === undefined) throw badRequest('message identifier is not specified');
  const chat = writableChat(call);
  const message = call.telegram.messages.find(chat, id);
  if (message === undefined) throw badRequest(missing);
  return { chat, message };
}

/** The bot's own message, without or with an inline keyboard: only those can be edited. */
function findEditable(call: Call): Found {
  if (call.params.text('inline_message_id')) throw badRequest('MESSAGE_ID_INVALID');
  const found = find(call, 'message to edit not found');
  const { from, reply_markup } = found.message;
  const isOurs = from.id === call.telegram.bot.id;
  if (!isOurs || (reply_markup !== undefined && !isInline(reply_markup)))
    throw badRequest("message can't be edited");
  return found;
}

/** An edit without `reply_markup` takes the keyboard away, as on Telegram. */
function edit(
  call: Call,
  { chat, message }: Found,
  content: Content,
  changes: readonly Change[] = [],
): Message {
  const { telegram, params } = call;
  const markup = checkMarkup(params.json('reply_markup'), chat);
  if (markup !== undefined && !isInline(markup)) throw badRequest('inline keyboard expected');
  if (isDeepStrictEqual(content, message.content) && isDeepStrictEqual(markup, message.reply_markup)) {
    throw badRequest(unchanged);
  }
  const edited: StoredMessage = {
    ...withoutMarkup(message),
    ...keyboard(markup),
    content,
    edit_date: telegram.date(),
  };
  telegram.replace(chat, edited, changes);
  return telegram.messages.forBot(chat, edited);
}

function keyboard(markup: ReplyMarkup | undefined): { reply_markup?: ReplyMarkup } {
  return markup === undefined ? {} : { reply_markup: markup };
}

function withoutMarkup({ reply_markup: _gone, ...rest }: StoredMessage): StoredMessage {
  return rest;
}

function deleteMessage(call: Call): boolean {
  const { telegram } = call;
  const { chat, message } = find(call, 'message to delete not found');
  const isOurs = message.from.id === telegram.bot.id;
  if (!isOurs && chat.type !== 'private' && chat.bot !== 'administrator')
    throw badRequest("message can't be deleted");
  const isOld = telegram.date() - message.date > deletableS;
  if (isOld && chat.bot !== 'administrator') throw badRequest("message can't be deleted for everyone");
  telegram.remove(chat, [message.message_id]);
  return true;
}

function setMessageReaction(call: Call): boolean {
  const { chat, message } = find(call, 'message to react not found');
  const reaction = (call.params.json('reaction') ?? []) as ReactionType[];
  const known =
    Array.isArray(reaction) && reaction.every((one) => one?.type === 'emoji' && reactions.has(one.emoji));
  if (!known) throw badRequest('REACTION_INVALID');
  if (reaction.length > 1) throw badRequest('REACTIONS_TOO_MANY');
  call.telegram.replace(chat, { ...message, reaction });
  return true;
}

/** Changing and removing what was sent. */
export const editMethods: Readonly<Record<string, Method>> = {
  editMessageText: (call) => {
    const content = textContent(call);
    const found = findEditable(call);
    if (found.message.content.text === undefined) throw badRequest('there is no text in the message to edit');
    return edit(call, found, { ...withoutWords(found.message.content), ...content });
  },
  editMessageCaption: (call) => {
    const caption = ownCaption(call);
    const found = findEditable(call);
    if (!isMedia(found.message.content)) throw badRequest('there is no caption in the message to edit');
    return edit(call, found, { ...withoutWords(found.message.content), ...caption });
  },
  editMessageReplyMarkup: (call) => {
    const found = findEditable(call);
    return edit(call, found, found.message.content);
  },
  editMessageMedia: async (call) => {
    findEditable(call);
    const { content, changes } = await inputMedia(call, call.params.json('media'));
    const found = findEditable(call);
    const { media_group_id } = found.message.content;
    return edit(call, found, { ...content, ...(media_group_id ? { media_group_id } : {}) }, changes);
  },
  deleteMessage,
  setMessageReaction,
};

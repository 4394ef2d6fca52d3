import type { Message, ReplyParameters } from 'grammy/types';
import { badRequest } from '../errors.ts';
import type { StoredChat } from '../state/chats.ts';
import type { Change } from '../state/journal.ts';
import type { Content } from '../state/messages.ts';
import { formatText, MAX_CAPTION, MAX_TEXT } from '../text/format.ts';
import { checkMarkup } from '../text/keyboard.ts';
import { type Call, type Method, writableChat } from './call.ts';

const ACTIONS = new Set([
  ...[
    'typing',
    'upload_photo',
    'record_video',
    'upload_video',
    'record_voice',
    'upload_voice',
    'upload_document',
  ],
  ...['choose_sticker', 'find_location', 'record_video_note', 'upload_video_note'],
]);

/**
 * A message's text with its entities.
 * @throws BotApiError 400 when it is empty, too long or wrongly marked up.
 */
export function textContent({ params }: Call): Content {
  const { text, entities } = formatText(
    params.text('text') ?? '',
    params.text('parse_mode'),
    params.json('entities'),
  );
  if (text === '') throw badRequest('message text is empty');
  if (text.length > MAX_TEXT) throw badRequest('message is too long');
  const preview = params.json('link_preview_options') as Content['link_preview_options'];
  return {
    text,
    ...(entities.length > 0 ? { entities } : {}),
    ...(preview ? { link_preview_options: preview } : {}),
  };
}

/**
 * A caption with its entities; none when it is empty.
 * @throws BotApiError 400 when it is too long or wrongly marked up.
 */
export function captionContent(raw: string | undefined, mode: string | undefined, given: unknown): Content {
  const { text, entities } = formatText(raw ?? '', mode, given);
  if (text.length > MAX_CAPTION) throw badRequest('message caption is too long');
  if (text === '') return {};
  return { caption: text, ...(entities.length > 0 ? { caption_entities: entities } : {}) };
}

/** The caption in a call's own parameters. */
export function ownCaption({ params }: Call): Content {
  return captionContent(params.text('caption'), params.text('parse_mode'), params.json('caption_entities'));
}

/** Sends a content to the chat of a call, with the reply, keyboard and silence that the call asks for. */
export function send(call: Call, content: Content, changes: readonly Change[] = []): Message {
  const { telegram, params } = call;
  const chat = writableChat(call);
  const markup = checkMarkup(params.json('reply_markup'));
  const shown = params.flag('protect_content')
    ? { ...content, has_protected_content: true as const }
    : content;
  const message = telegram.post(chat, asUser(call), shown, {
    replyTo: replyTarget(call, chat),
    markup,
    silent: params.flag('disable_notification'),
    with: changes,
  });
  return telegram.messages.forBot(chat, message);
}

/** The bot as the sender of a message: a User without what only getMe tells. */
export function asUser({ telegram }: Call) {
  const { id, is_bot, first_name, username } = telegram.bot;
  return { id, is_bot, first_name, username };
}

function replyTarget({ telegram, params }: Call, chat: StoredChat): number | undefined {
  const parameters = params.json('reply_parameters') as ReplyParameters | undefined;
  const target = parameters?.message_id ?? params.whole('reply_to_message_id');
  if (target === undefined) return undefined;
  const elsewhere = parameters?.chat_id !== undefined && String(parameters.chat_id) !== String(chat.id);
  if (!elsewhere && telegram.messages.find(chat, Number(target))) return Number(target);
  if (parameters?.allow_sending_without_reply || params.flag('allow_sending_without_reply')) return undefined;
  throw badRequest('message to be replied not found');
}

/** Text, and the signs of life before it. */
export const sendMethods: Readonly<Record<string, Method>> = {
  sendMessage: (call) => send(call, textContent(call)),
  sendChatAction: (call) => {
    const chat = writableChat(call);
    const action = call.params.text('action') ?? '';
    if (!ACTIONS.has(action)) throw badRequest('wrong parameter action in request');
    call.telegram.events.show({ chat_id: chat.id, action });
    return true;
  },
};

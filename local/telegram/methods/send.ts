import type { Message, ReplyParameters } from 'grammy/types';
import { badRequest } from '../errors.ts';
import type { StoredChat } from '../state/chats.ts';
import type { Change } from '../state/journal.ts';
import type { Content } from '../state/messages.ts';
import { formatText, maxCaption, maxText } from '../text/format.ts';
import { checkMarkup } from '../text/keyboard.ts';
import { type Call, type Method, topicOf, writableChat } from './call.ts';

const actions = new Set([
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
  if (text.length > maxText) throw badRequest('message is too long');
  return { text, ...(entities.length > 0 ? { entities } : {}) };
}

/**
 * The caption of a call with its entities; nothing when it is empty.
 * @throws BotApiError 400 when it is too long or wrongly marked up.
 */
export function ownCaption({ params }: Call): Content {
  const raw = params.text('caption') ?? '';
  const { text, entities } = formatText(raw, params.text('parse_mode'), params.json('caption_entities'));
  if (text.length > maxCaption) throw badRequest('message caption is too long');
  if (text === '') return {};
  return { caption: text, ...(entities.length > 0 ? { caption_entities: entities } : {}) };
}

/** Sends a content to the chat of a call, with the reply, keyboard and silence that the call asks for. */
export function send(call: Call, content: Content, changes: readonly Change[] = []): Message {
  const { telegram, params } = call;
  const chat = writableChat(call);
  const markup = checkMarkup(params.json('reply_markup'), chat);
  const shown = params.flag('protect_content')
    ? { ...content, has_protected_content: true as const }
    : content;
  const message = telegram.post(chat, telegram.self, shown, {
    replyTo: replyTarget(call, chat),
    topic: topicOf(call),
    markup,
    silent: params.flag('disable_notification'),
    with: changes,
  });
  return telegram.messages.forBot(chat, message);
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
    if (!actions.has(action)) throw badRequest('wrong parameter action in request');
    call.telegram.events.show({ chat_id: chat.id, action });
    return true;
  },
};

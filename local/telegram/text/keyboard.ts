import type { InlineKeyboardButton } from 'grammy/types';
import { badRequest } from '../errors.ts';
import type { StoredChat } from '../state/chats.ts';
import type { ReplyMarkup } from '../state/messages.ts';
import { checkReplyKeyboard } from './reply-keyboard.ts';

const maxCallbackDataBytes = 64;
const maxButtons = 100;
const actions = [
  'callback_data',
  'url',
  'copy_text',
  'web_app',
  'switch_inline_query',
  'switch_inline_query_current_chat',
];

/**
 * Checks `reply_markup` (Bot API, *InlineKeyboardMarkup* and its kin): every inline button has a text and
 * one action, callback data has 1 to 64 bytes.
 * @throws BotApiError 400, BUTTON_DATA_INVALID and others.
 */
export function checkMarkup(markup: unknown, { type }: Pick<StoredChat, 'type'>): ReplyMarkup | undefined {
  if (markup === undefined) return undefined;
  if (typeof markup !== 'object' || markup === null) throw badRequest('object expected as reply markup');
  if ('inline_keyboard' in markup) return checkInline(markup.inline_keyboard);
  if ('keyboard' in markup) checkReplyKeyboard(markup.keyboard, type === 'private');
  if ('keyboard' in markup || 'remove_keyboard' in markup || 'force_reply' in markup)
    return markup as ReplyMarkup;
  if (Object.keys(markup).length === 0) return undefined;
  throw badRequest("can't parse reply markup: unknown kind");
}

function checkInline(rows: unknown): ReplyMarkup | undefined {
  if (!isRows(rows)) {
    throw badRequest('field "inline_keyboard" of the InlineKeyboardMarkup must be an Array of Arrays');
  }
  const buttons = rows.flat() as unknown[];
  if (buttons.length > maxButtons) throw badRequest('reply markup is too long');
  for (const button of buttons) checkButton(button);
  const filled = (rows as InlineKeyboardButton[][]).filter((row) => row.length > 0);
  return filled.length === 0 ? undefined : { inline_keyboard: filled };
}

function isRows(rows: unknown): rows is unknown[][] {
  return Array.isArray(rows) && rows.every(Array.isArray);
}

function checkButton(button: unknown): void {
  if (typeof button !== 'object' || button === null) throw badRequest("can't parse inline keyboard button");
  const { text, callback_data: data, url } = button as Record<string, unknown>;
  if (typeof text !== 'string' || text.trim() === '')
    throw badRequest('inline keyboard button text must be non-empty');
  if (actions.filter((action) => action in button).length !== 1) {
    throw badRequest("can't parse inline keyboard button: text buttons are unallowed in the inline keyboard");
  }
  if ('callback_data' in button) {
    const size = typeof data === 'string' ? Buffer.byteLength(data) : 0;
    if (size === 0 || size > maxCallbackDataBytes) throw badRequest('BUTTON_DATA_INVALID');
  }
  if ('url' in button && !(typeof url === 'string' && URL.canParse(url)))
    throw badRequest('BUTTON_URL_INVALID');
}

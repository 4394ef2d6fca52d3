import type { KeyboardButtonRequestUsers } from 'grammy/types';
import { badRequest } from '../errors.ts';

/** Bot API, KeyboardButtonRequestUsers: "The maximum number of users to be selected; 1-10. Defaults to 1." */
const mostUsers = 10;
const int32 = 2 ** 31;

/**
 * Checks the rows of a ReplyKeyboardMarkup: a button is a text, or has one; users can be asked for in private chats only
 * (TDLib, td/telegram/KeyboardButton.cpp), each button under a number of its own.
 * @throws BotApiError 400
 */
export function checkReplyKeyboard(rows: unknown, isPrivate: boolean): void {
  if (!Array.isArray(rows) || !rows.every(Array.isArray))
    throw badRequest('field "keyboard" must be an Array of Arrays');
  const requests = rows.flat().flatMap((button: unknown) => requestIn(button, isPrivate));
  if (new Set(requests).size < requests.length) throw badRequest('request_id must be unique in the message');
}

/** @returns the number of the button's request for users, if it is one */
function requestIn(button: unknown, isPrivate: boolean): number[] {
  const { text, request_users: asked } = (
    typeof button === 'object' && button !== null ? button : { text: button }
  ) as { readonly text?: unknown; readonly request_users?: unknown };
  if (typeof text !== 'string' || text.trim() === '')
    throw badRequest('keyboard button text must be non-empty');
  if (asked === undefined) return [];
  if (!isPrivate) throw badRequest('users can be requested in private chats only');
  const { request_id: id, max_quantity: most = 1 } = (asked ?? {}) as Partial<KeyboardButtonRequestUsers>;
  if (!Number.isInteger(id) || id! < -int32 || id! >= int32)
    throw badRequest('field "request_id" must be a signed 32-bit integer');
  if (!Number.isInteger(most) || most < 1 || most > mostUsers)
    throw badRequest(`field "max_quantity" must be between 1 and ${mostUsers}`);
  return [id!];
}

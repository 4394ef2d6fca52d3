import type { ReplyKeyboardMarkup } from 'grammy/types';
import { callbackData, pageField } from '../callback-data.ts';
import { contactsText as text } from './contacts.text.ts';

/** Contacts are asked for. In private chats only, as Telegram has it. */
export const addContactsButton = callbackData('contacts:ask', {});
/** All who were added are removed; `messageId` is the message in which the contacts came. */
export const takeBackContactsButton = callbackData('contacts:undo', { messageId: pageField });
export const bringBackContactsButton = callbackData('contacts:redo', { messageId: pageField });

/** Bot API, KeyboardButtonRequestUsers: as many may be selected. */
const mostContacts = 10;

/** Comes back with the contacts; one kind of request is all there is. */
const requestId = 1;

/** In place of the keyboard: Telegram's picker, with the names and photos of those who are picked. */
export const pickContacts: ReplyKeyboardMarkup = {
  keyboard: [
    [
      {
        text: text.choose,
        request_users: {
          request_id: requestId,
          max_quantity: mostContacts,
          user_is_bot: false,
          request_name: true,
          request_photo: true,
        },
      },
    ],
    [{ text: text.cancel }],
  ],
  resize_keyboard: true,
  one_time_keyboard: true,
};

/** Goes with a message that takes such a keyboard away. */
export const noKeyboard = { reply_markup: { remove_keyboard: true } } as const;

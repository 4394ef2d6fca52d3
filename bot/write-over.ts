import { type Api, GrammyError, type InlineKeyboard } from 'grammy';

/** A message of the bot's. */
export interface OwnMessage {
  readonly chatId: number;
  readonly messageId: number;
}

/**
 * Writes over a message of the bot's, whether it has a picture in it by now or not; without a keyboard its buttons go.
 * One that is gone, or reads so already, is left.
 */
export async function writeOver(
  api: Api,
  { chatId, messageId }: OwnMessage,
  told: string,
  keyboard?: InlineKeyboard,
): Promise<void> {
  const markup = keyboard ? { reply_markup: keyboard } : {};
  try {
    try {
      await api.editMessageText(chatId, messageId, told, markup);
    } catch (error) {
      if (!(error instanceof GrammyError && /no text in the message/i.test(error.description))) throw error;
      await api.editMessageCaption(chatId, messageId, { caption: told, ...markup });
    }
  } catch (error) {
    if (!(error instanceof GrammyError && error.error_code === 400)) throw error;
  }
}

/**
 * Deletes a message of the bot's. One that is gone, or too old to be deleted (48 hours, Bot API), is left.
 *
 * @returns whether it was deleted
 */
export async function deleteQuietly(api: Api, { chatId, messageId }: OwnMessage): Promise<boolean> {
  try {
    return await api.deleteMessage(chatId, messageId);
  } catch (error) {
    if (!(error instanceof GrammyError && error.error_code === 400)) throw error;
    return false;
  }
}

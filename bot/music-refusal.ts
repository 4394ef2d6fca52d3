import { GrammyError } from 'grammy';
import type { Message } from 'grammy/types';

/** How the Bot API says that a chat takes words and no music (TDLib's MessageContent.cpp; Telegram's own errors). */
const noMusicWords = /not enough rights to send music|CHAT_SEND_(AUDIOS|MEDIA)_FORBIDDEN/i;

/** The chat takes no music at all: no other song need be tried. */
export class NoMusicHereError extends Error {
  override readonly name = 'NoMusicHereError';
}

/**
 * A `file_id` or a file that Telegram does not take (400, or 413 for its size) is no reason to keep a guest's
 * arrival from the chat: the next way is tried. If it is the chat that is wrong, that will fail likewise.
 *
 * @returns undefined when Telegram did not take it
 * @throws NoMusicHereError
 */
export async function unlessRefused(sending: Promise<Message>): Promise<Message | undefined> {
  try {
    return await sending;
  } catch (error) {
    if (error instanceof GrammyError && noMusicWords.test(error.description)) throw new NoMusicHereError();
    if (error instanceof GrammyError && (error.error_code === 400 || error.error_code === 413))
      return undefined;
    throw error;
  }
}

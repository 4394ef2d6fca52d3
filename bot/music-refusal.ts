import { GrammyError } from 'grammy';
import type { Message } from 'grammy/types';
import { isChatGone } from './refusal.ts';

/** How the Bot API says that a chat takes words and no music (TDLib's MessageContent.cpp; Telegram's own errors). */
const noMusicWords = /not enough rights to send music|CHAT_SEND_(AUDIOS|MEDIA)_FORBIDDEN/i;

/** The chat takes no music at all: no other song need be tried. */
export class NoMusicHereError extends Error {
  override readonly name = 'NoMusicHereError';
}

/**
 * A `file_id` or a file that Telegram does not take (400, or 413 for its size) is no reason to keep a guest's
 * arrival from the chat: the next way is tried. When it is the chat that is wrong, no other way would help.
 *
 * @returns undefined when Telegram did not take it
 * @throws NoMusicHereError
 */
export async function unlessRefused(sending: Promise<Message>): Promise<Message | undefined> {
  try {
    return await sending;
  } catch (error) {
    if (!(error instanceof GrammyError)) throw error;
    if (noMusicWords.test(error.description)) throw new NoMusicHereError();
    const { error_code: code, parameters } = error;
    const isFilesFault = (code === 400 || code === 413) && parameters.migrate_to_chat_id === undefined;
    if (isFilesFault && !isChatGone(error)) return undefined;
    throw error;
  }
}

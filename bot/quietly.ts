import { GrammyError } from 'grammy';

/**
 * Makes a call whose refusal by Telegram is no harm: whoever is meant may have blocked the bot, or left the chat.
 *
 * @returns what it gave; undefined when it was refused
 */
export async function quietly<Result>(call: Promise<Result>): Promise<Result | undefined> {
  try {
    return await call;
  } catch (error) {
    if (error instanceof GrammyError) return undefined;
    throw error;
  }
}

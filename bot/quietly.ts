import { GrammyError } from 'grammy';

/** Makes a call whose refusal by Telegram is no harm: whoever is meant may have blocked the bot, or left the chat. */
export async function quietly(call: Promise<unknown>): Promise<void> {
  try {
    await call;
  } catch (error) {
    if (!(error instanceof GrammyError)) throw error;
  }
}

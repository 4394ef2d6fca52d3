import { GrammyError } from 'grammy';
import type { BotContext } from './context.ts';
import { replyTo } from './reply-to.ts';
import type { Shown } from './shown.ts';

/**
 * Writes over a message of the bot's, or sends one when there is none (any more).
 *
 * @param to what a new one replies to
 * @returns the message that shows it
 */
export async function showStatus(
  ctx: BotContext,
  messageId: number | undefined,
  { told, keyboard }: Shown,
  to?: { readonly messageId: number },
): Promise<number> {
  const markup = keyboard ? { reply_markup: keyboard } : {};
  if (messageId !== undefined) {
    try {
      await ctx.api.editMessageText(ctx.chatId!, messageId, told, markup);
      return messageId;
    } catch (error) {
      if (!(error instanceof GrammyError && error.error_code === 400)) throw error;
      if (/not modified/i.test(error.description)) return messageId;
    }
  }
  return (await ctx.reply(told, { ...(to && replyTo(to)), ...markup })).message_id;
}

import { GrammyError } from 'grammy';
import type { BotContext } from '../context.ts';
import { writeOver } from '../write-over.ts';

/**
 * Writes over a question that was answered; its buttons go with it. A message that is gone, or reads so already, is left.
 *
 * @param messageId undefined when the question was never sent
 */
export async function withdraw(ctx: BotContext, messageId: number | undefined, told: string): Promise<void> {
  if (messageId !== undefined) await writeOver(ctx.api, { chatId: ctx.chatId!, messageId }, told);
}

/** Takes a question's buttons away; another message asks the same. */
export async function withdrawButtons(ctx: BotContext, messageId: number | undefined): Promise<void> {
  if (messageId === undefined) return;
  try {
    await ctx.api.editMessageReplyMarkup(ctx.chatId!, messageId);
  } catch (error) {
    if (!(error instanceof GrammyError && error.error_code === 400)) throw error;
  }
}

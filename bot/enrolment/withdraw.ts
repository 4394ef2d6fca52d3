import { GrammyError } from 'grammy';
import type { BotContext } from '../context.ts';

/**
 * Writes over a question that was answered in another way than by its buttons; they go with it. A message that is gone,
 * or reads so already, is left.
 *
 * @param messageId undefined when the question was never sent
 */
export async function withdraw(ctx: BotContext, messageId: number | undefined, told: string): Promise<void> {
  if (messageId === undefined) return;
  try {
    await ctx.api.editMessageText(ctx.chatId!, messageId, told);
  } catch (error) {
    if (!(error instanceof GrammyError && error.error_code === 400)) throw error;
  }
}

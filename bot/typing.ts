import { GrammyError } from 'grammy';
import type { BotContext } from './context.ts';
import { inTopic, topicOf } from './in-topic.ts';

/** Shows that an answer is on its way. Whether that is seen does not matter: it is no reason to fail. */
export async function showTyping(ctx: BotContext): Promise<void> {
  if (ctx.chatId === undefined) return;
  try {
    await ctx.api.sendChatAction(ctx.chatId, 'typing', inTopic(topicOf(ctx.msg).threadId));
  } catch (error) {
    if (!(error instanceof GrammyError)) throw error;
  }
}

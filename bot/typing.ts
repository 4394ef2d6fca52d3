import { type Api, GrammyError } from 'grammy';
import type { Place } from '../party/outbox/message.ts';
import type { BotContext } from './context.ts';
import { inTopic, topicOf } from './in-topic.ts';

/** Shows that an answer is on its way. Whether that is seen does not matter: it is no reason to fail. */
export async function showTyping(ctx: BotContext): Promise<void> {
  if (ctx.chatId !== undefined) await showTypingIn(ctx.api, { chatId: ctx.chatId, ...topicOf(ctx.msg) });
}

/** The same, wherever it is. */
export async function showTypingIn(
  api: Api,
  { chatId, threadId }: Pick<Place, 'chatId' | 'threadId'>,
): Promise<void> {
  try {
    await api.sendChatAction(chatId, 'typing', inTopic(threadId));
  } catch (error) {
    if (!(error instanceof GrammyError)) throw error;
  }
}

import { Composer } from 'grammy';
import type { Services } from '../party/services.ts';
import type { BotContext } from './context.ts';

/**
 * What becomes of chats: one goes on under another id, or can be written to again. Telegram itself says so, so it does
 * not matter whose doing it was.
 */
export function chatChanges({
  destinations,
  parties,
  log,
}: Pick<Services, 'destinations' | 'parties' | 'log'>): Composer<BotContext> {
  const composer = new Composer<BotContext>();

  async function move(from: number, to: number): Promise<void> {
    await destinations.move(from, to);
    await parties.moveChat(from, to);
    log.info('A group became a supergroup');
  }

  composer.on('message:migrate_to_chat_id', (ctx) => move(ctx.chatId, ctx.message.migrate_to_chat_id));
  composer.on('message:migrate_from_chat_id', (ctx) => move(ctx.message.migrate_from_chat_id, ctx.chatId));
  composer.on('message:forum_topic_reopened', async (ctx) => {
    const threadId = ctx.message.message_thread_id;
    if (threadId !== undefined) await destinations.back({ chatId: ctx.chatId, threadId });
  });
  composer.on('my_chat_member', async (ctx) => {
    const { status } = ctx.myChatMember.new_chat_member;
    if (status === 'member' || status === 'administrator') await destinations.back({ chatId: ctx.chatId });
  });

  return composer;
}

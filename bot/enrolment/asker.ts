import type { BotContext } from '../context.ts';

/** Who was asked something, and where: nobody else can answer. */
export interface Asker {
  readonly chatId: number;
  readonly userId: number;
}

/** Whoever wrote or pressed what is being handled. */
export const askerOf = (ctx: BotContext): Asker => ({ chatId: ctx.chatId!, userId: ctx.from!.id });

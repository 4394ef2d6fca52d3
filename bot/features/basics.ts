import { Composer } from 'grammy';
import type { Services } from '../../party/services.ts';
import type { BotContext } from '../context.ts';
import { basicsText } from './basics.text.ts';

/** `/start`, `/help` and `/cancel`. */
export function basics({ guests, songs }: Services): Composer<BotContext> {
  const composer = new Composer<BotContext>();

  composer.command('start', async (ctx) => {
    const [invited, music] = await Promise.all([guests.list(), songs.list()]);
    await ctx.reply(basicsText.overview(invited.length, music.length));
  });

  composer.command('help', (ctx) => ctx.reply(basicsText.help));

  composer.command('cancel', async (ctx) => {
    const asked = Object.keys(ctx.conversation.active()).length > 0;
    await ctx.conversation.exitAll();
    await ctx.reply(asked ? basicsText.cancelled : basicsText.nothingToCancel);
  });

  return composer;
}

import { Composer } from 'grammy';
import type { Dispatcher } from '../../party/outbox/dispatcher.ts';
import type { Services } from '../../party/services.ts';
import type { BotContext } from '../context.ts';
import { endNow } from '../party/end-now.ts';
import { partyText as text } from './party.text.ts';

/** `/end_party`. */
export function endParty(services: Services, dispatcher: Dispatcher): Composer<BotContext> {
  const composer = new Composer<BotContext>();
  composer.command('end_party', async (ctx) => {
    const latest = await services.parties.latest();
    if (!latest) return ctx.reply(text.noParty);
    await endNow(services, dispatcher, ctx, latest);
  });
  return composer;
}

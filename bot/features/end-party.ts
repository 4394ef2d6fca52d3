import { type Api, Composer } from 'grammy';
import type { Dispatcher } from '../../party/outbox/dispatcher.ts';
import { PendingStarts } from '../../party/parties/pending-start.ts';
import type { Services } from '../../party/services.ts';
import type { BotContext } from '../context.ts';
import { endNow } from '../party/end-now.ts';
import { startText } from '../party/start.text.ts';
import { writeOver } from '../write-over.ts';
import { partyText as text } from './party.text.ts';

/** `/end_party`. */
export function endParty(services: Services, dispatcher: Dispatcher): Composer<BotContext> {
  const composer = new Composer<BotContext>();
  composer.command('end_party', async (ctx) => {
    const latest = await services.parties.latest();
    if (!latest) return ctx.reply((await calledOff(ctx.api)) ? startText.calledOff : text.noParty);
    await endNow(services, dispatcher, ctx, latest);
  });

  /** A start that is under way comes to nothing then: what it has set going, the tick stops. */
  async function calledOff(api: Api): Promise<boolean> {
    const starts = new PendingStarts(services.table);
    const pending = await starts.get();
    if (!pending || !(await starts.remove(pending))) return false;
    const { chatId, startMessage: messageId } = pending;
    await writeOver(api, { chatId, messageId }, startText.calledOff);
    return true;
  }

  return composer;
}

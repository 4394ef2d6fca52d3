import { Composer } from 'grammy';
import { arriveByHand } from '../../party/arrivals/arrive-by-hand.ts';
import type { Dispatcher } from '../../party/outbox/dispatcher.ts';
import type { Party } from '../../party/parties/party.ts';
import type { Services } from '../../party/services.ts';
import { acknowledge, expire, overwrite } from '../buttons.ts';
import { onPress } from '../callback-data.ts';
import type { BotContext } from '../context.ts';
import { isHereButton, partyIdOf, statusPageButton } from '../party/buttons.ts';
import { statusText as text } from '../party/status.text.ts';
import { type Status, statusNow } from '../party/status.ts';
import { firstMessage } from '../wording.ts';
import { chatName } from './chat-name.ts';
import { partyText } from './party.text.ts';

/** `/status`, in private wherever it is said, and what can be said there: that somebody is here. */
export function status(services: Services, dispatcher: Dispatcher): Composer<BotContext> {
  const { parties, guests, now } = services;
  const composer = new Composer<BotContext>();

  composer.command('status', async (ctx) => {
    const { lines, keyboard } = await shown(ctx, await parties.on(), 0);
    const buttons = keyboard ? { reply_markup: keyboard } : {};
    await ctx.api.sendMessage(ctx.from!.id, firstMessage(lines), buttons);
  });

  composer.use(
    onPress(statusPageButton, async (ctx, { page, ...place }) => {
      const party = await theOneOn(place);
      if (!party) return expire(ctx, partyText.overAlready);
      await acknowledge(ctx);
      await show(ctx, party, page);
    }),
  );

  composer.use(
    onPress(isHereButton, async (ctx, { guestId, ...place }) => {
      const party = await theOneOn(place);
      if (!party) return expire(ctx, partyText.overAlready);
      const guest = await guests.get(guestId);
      const arrived = guest && (await arriveByHand(dispatcher, party, guest, { time: now() }));
      await acknowledge(ctx, arrived?.outcome === 'done' ? text.hereAlready : undefined);
      await show(ctx, party, 0);
    }),
  );

  async function show(ctx: BotContext, party: Party, page: number): Promise<void> {
    const { lines, keyboard } = await shown(ctx, party, page);
    await overwrite(ctx, firstMessage(lines), keyboard);
  }

  async function shown(ctx: BotContext, on: Party | undefined, page: number): Promise<Status> {
    const isElsewhere = on !== undefined && on.chatId !== ctx.from!.id;
    const where = isElsewhere ? await chatName(ctx.api, on.chatId) : undefined;
    return statusNow(services, on, where, page);
  }

  /** The party that is on, if the button is about it. */
  async function theOneOn(place: { readonly party: number }): Promise<Party | undefined> {
    const on = await parties.on();
    return on?.id === partyIdOf(place) ? on : undefined;
  }

  return composer;
}

import { Composer } from 'grammy';
import { guestName } from '../../party/arrivals/guest-name.ts';
import { namesakes } from '../../party/guests/guests.ts';
import type { Services } from '../../party/services.ts';
import { whyButton } from '../arrivals/buttons.ts';
import { findPressed } from '../arrivals/find-pressed.ts';
import { acknowledge } from '../buttons.ts';
import { onPress } from '../callback-data.ts';
import type { BotContext } from '../context.ts';
import { whyText as text } from '../why/why.text.ts';
import { whyLines } from '../why/why.ts';
import { firstMessage } from '../wording.ts';

/** `/why Anna`, and *Why?* under an arrival; answered in private, for guests need not read it. */
export function why(services: Services): Composer<BotContext> {
  const { parties, guests } = services;
  const composer = new Composer<BotContext>();

  composer.command('why', async (ctx) => {
    await ctx.api.sendMessage(ctx.from!.id, await answerTo(ctx.match.trim()));
  });

  async function answerTo(name: string): Promise<string> {
    if (name === '') return text.who;
    const party = (await parties.latest()) ?? (await parties.lastPast());
    if (!party) return text.noParty;
    const found = namesakes(name, await guests.list());
    if (found.length === 0) return text.nobody(name);
    const lines = await Promise.all(found.map(({ id, name: own }) => whyLines(services, party, id, own)));
    return firstMessage(lines.map((one) => one.join('\n')));
  }

  composer.use(
    onPress(whyButton, async (ctx, place) => {
      const found = await findPressed(services, place);
      const name = found && (await guestName(guests, found.guestId));
      if (!found || name === undefined) return acknowledge(ctx, text.gone);
      await acknowledge(ctx, ctx.chatId === ctx.from.id ? undefined : text.seePrivate);
      const lines = await whyLines(services, { id: found.partyId }, found.guestId, name);
      await ctx.api.sendMessage(ctx.from.id, firstMessage(lines));
    }),
  );

  return composer;
}

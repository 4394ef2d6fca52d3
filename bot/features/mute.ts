import { Composer } from 'grammy';
import { forGood, type Guest, isMutedAt, namesakes } from '../../party/guests/guests.ts';
import type { Services } from '../../party/services.ts';
import { acknowledge, expire, overwrite } from '../buttons.ts';
import { onPress, type Press } from '../callback-data.ts';
import type { BotContext } from '../context.ts';
import {
  askMuteButton,
  muteForGoodButton,
  muteOnceButton,
  muteSpans,
  muteWhom,
  undoMute,
  unmuteButton,
} from '../mute/buttons.ts';
import { muteText as text } from '../mute/mute.text.ts';
import { partyIdOf } from '../party/buttons.ts';
import type { Shown } from '../shown.ts';

/** `/mute Anna`: recognised, and not announced. In private, wherever it is said: guests need not read it. */
export function mute(services: Services): Composer<BotContext> {
  const { guests, parties } = services;
  const composer = new Composer<BotContext>();

  composer.command('mute', async (ctx) => {
    const { told, keyboard } = await answerTo(ctx.match.trim());
    await ctx.api.sendMessage(ctx.from!.id, told, keyboard ? { reply_markup: keyboard } : {});
  });

  async function answerTo(name: string): Promise<Shown> {
    if (name === '') return { told: text.who };
    const found = namesakes(name, await guests.list());
    const [only, ...others] = found;
    if (!only) return { told: text.nobody(name) };
    return others.length > 0 ? { told: text.which(only.name), keyboard: muteWhom(found) } : ask(only);
  }

  /** For how long; or, of one who is muted already, whether no more. */
  async function ask(guest: Guest): Promise<Shown> {
    const party = await parties.on();
    if (guest.muted === forGood || (party && isMutedAt(guest, party.id))) return muted(guest);
    const question = party ? text.howLong : text.fromNowOn;
    return { told: question(guest.name), keyboard: muteSpans(guest.id, party?.id) };
  }

  const muted = ({ id, name, muted }: Guest): Shown => ({
    told: muted === forGood ? text.mutedForGood(name) : text.mutedOnce(name),
    keyboard: undoMute(id),
  });

  async function show(ctx: Press, shown: Shown | undefined): Promise<void> {
    if (!shown) return expire(ctx, text.gone);
    await acknowledge(ctx);
    await overwrite(ctx, shown.told, shown.keyboard);
  }

  composer.use(
    onPress(askMuteButton, async (ctx, { guestId }) => {
      const guest = await guests.get(guestId);
      await show(ctx, guest && (await ask(guest)));
    }),
  );

  composer.use(
    onPress(muteOnceButton, async (ctx, { guestId, ...place }) => {
      const party = await parties.on();
      if (party?.id !== partyIdOf(place)) return expire(ctx, text.overAlready);
      const guest = await guests.setMuted(guestId, party.id);
      await show(ctx, guest && muted(guest));
    }),
  );

  composer.use(
    onPress(muteForGoodButton, async (ctx, { guestId }) => {
      const guest = await guests.setMuted(guestId, forGood);
      await show(ctx, guest && muted(guest));
    }),
  );

  composer.use(
    onPress(unmuteButton, async (ctx, { guestId }) => {
      const guest = await guests.setMuted(guestId, undefined);
      await show(ctx, guest && { told: text.announced(guest.name) });
    }),
  );

  return composer;
}

import { Composer } from 'grammy';
import { minute } from '../../party/clock.ts';
import { invitedOf } from '../../party/guests/guests.ts';
import { findLosses } from '../../party/losses/losses.ts';
import type { Dispatcher } from '../../party/outbox/dispatcher.ts';
import { gapsBetween } from '../../party/parties/gaps.ts';
import { watchedUntil } from '../../party/parties/parties.ts';
import type { Services } from '../../party/services.ts';
import type { BotContext } from '../context.ts';
import { lossLines } from '../losses.text.ts';
import { endNow } from '../party/end-now.ts';
import { partyTimes } from '../times.ts';
import { chatName } from './chat-name.ts';
import { partyText as text } from './party.text.ts';

/** A clock that was set back by less is no trouble to anybody. */
const clockNoticed = minute / 2;

/** `/end_party` and `/status`. */
export function party(services: Services, dispatcher: Dispatcher): Composer<BotContext> {
  const { parties, guests, arrivals, recognition, config, now, clockAhead } = services;
  const { clock, exactClock } = partyTimes(config.PARTY_TZ);
  const composer = new Composer<BotContext>();

  composer.command('end_party', async (ctx) => {
    const latest = await parties.latest();
    if (!latest) return ctx.reply(text.noParty);
    await endNow(services, dispatcher, ctx, latest);
  });

  composer.command('status', async (ctx) => {
    const [on, state, invited, losses] = await Promise.all([
      parties.on(),
      recognition.status(),
      guests.list().then(invitedOf),
      findLosses(services),
    ]);
    const [gap] = on ? gapsBetween([watchedUntil(on), now()]) : [];
    const watching = [
      ...(gap && state.state === 'on' ? [] : [text.recognition(state)]),
      ...(gap ? [text.notWatched(exactClock(gap.from))] : []),
      ...(state.pulse ? text.producer(state.pulse) : []),
      ...(clockAhead() >= clockNoticed ? [text.clockAhead(clockAhead())] : []),
      ...lossLines(losses, config.REPAIR_COMMAND),
    ];
    if (!on) return ctx.reply([text.noParty, ...watching, text.invited(invited.length)].join('\n'));
    const where = on.chatId === ctx.chatId ? undefined : await chatName(ctx.api, on.chatId);
    const arrived = await arrivals.list(on.id);
    const everybody = new Set([...invited.map(({ id }) => id), ...arrived.map(({ guestId }) => guestId)]);
    await ctx.reply(
      [
        text.on(where, clock(on.startedAt), clock(on.endsAt)),
        text.arrived(arrived.length, everybody.size),
        ...watching,
      ].join('\n'),
    );
  });

  return composer;
}

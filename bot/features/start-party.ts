import { Composer } from 'grammy';
import { invitedOf } from '../../party/guests/guests.ts';
import { loggable } from '../../party/loggable.ts';
import type { Dispatcher } from '../../party/outbox/dispatcher.ts';
import { endParty } from '../../party/parties/end-party.ts';
import type { Party } from '../../party/parties/parties.ts';
import { type PartyStart, startParty as start } from '../../party/parties/start-party.ts';
import type { Services } from '../../party/services.ts';
import type { BotContext } from '../context.ts';
import { topicOf } from '../in-topic.ts';
import { beforeTheyCome } from '../party/before-they-come.ts';
import { endingChoices, undoExtension } from '../party/buttons.ts';
import { readPartyEnd } from '../party-length.ts';
import { partyTimes } from '../times.ts';
import { showTyping } from '../typing.ts';
import { chatName } from './chat-name.ts';
import { partyText as text } from './party.text.ts';

/** `/start_party [4h | until 01:00]`. The chat where it is said is the party's. */
export function startParty(services: Services, dispatcher: Dispatcher): Composer<BotContext> {
  const { parties, guests, destinations, config, log, now } = services;
  const times = partyTimes(config.PARTY_TZ);
  const composer = new Composer<BotContext>();

  composer.command('start_party', async (ctx) => {
    const end = readPartyEnd(ctx.match, now(), times);
    if (!('endsAt' in end)) return ctx.reply(problemText(end.problem, ctx.match));
    const before = await parties.latest();
    if (before && before.endsAt > now())
      return goOn(ctx, before, ctx.match.trim() === '' ? undefined : end.endsAt);
    // Its time is over and the tick has not been by yet.
    if (before && !(await ended(before))) return ctx.reply(text.stillEnding);

    const progress = await ctx.reply(text.starting);
    await showTyping(ctx);
    const startedBy = ctx.from!.id;
    const place = { chatId: ctx.chatId, ...topicOf(ctx.msg) };
    // The answer above is there: so can be whatever follows it.
    await destinations.back(place);
    const started = await start(services, { ...place, startedBy, endsAt: end.endsAt });
    await ctx.api.editMessageText(ctx.chatId, progress.message_id, await outcomeText(ctx, started));
    if (started.outcome === 'started') await sayWhatCanBeMended(ctx);
  });

  /** While there is time. In private: guests need not read who has no song. */
  async function sayWhatCanBeMended(ctx: BotContext): Promise<void> {
    const { lines, keyboard } = await beforeTheyCome(services);
    if (lines.length === 0) return;
    await ctx.api.sendMessage(ctx.from!.id, lines.join('\n'), { reply_markup: keyboard });
  }

  async function outcomeText(ctx: BotContext, started: PartyStart): Promise<string> {
    switch (started.outcome) {
      case 'busy':
        return text.startingAlready;
      case 'failed':
        return started.reason === undefined ? text.notStartedUnknown : text.notStarted(started.reason);
      case 'on already':
        return onAlready(ctx, started.party);
      case 'started': {
        const invited = invitedOf(await guests.list()).length;
        return [
          text.started(times.clock(started.party.endsAt)),
          invited > 0 ? text.expected(invited) : text.nobodyExpected,
        ].join('\n');
      }
    }
  }

  async function ended(party: Party): Promise<boolean> {
    try {
      await endParty(services, dispatcher, party, 'time is over');
      // The tick may be at it just now.
      return (await parties.latest()) === undefined;
    } catch (error) {
      log.error('An overdue party could not be ended', loggable(error));
      return false;
    }
  }

  /** Said while a party is on, it gives that one another end; with none said, it is told when it ends. */
  async function goOn(ctx: BotContext, party: Party, endsAt: number | undefined): Promise<void> {
    const extended = endsAt === undefined ? undefined : await parties.extend(party, endsAt);
    const ending = extended
      ? { told: await goesOn(ctx, extended), keyboard: undoExtension(party.id, party.endsAt) }
      : { told: await onAlready(ctx, party), keyboard: endingChoices(party.id, party.endsAt) };
    await ctx.reply(ending.told, { reply_markup: ending.keyboard });
  }

  async function goesOn(ctx: BotContext, party: Party): Promise<string> {
    const until = times.clock(party.endsAt);
    return party.chatId === ctx.chatId
      ? text.goesOn(until)
      : text.goesOnElsewhere(await chatName(ctx.api, party.chatId), until);
  }

  async function onAlready(ctx: BotContext, party: Party): Promise<string> {
    const until = times.clock(party.endsAt);
    return party.chatId === ctx.chatId
      ? text.onHere(until)
      : text.onElsewhere(await chatName(ctx.api, party.chatId), until);
  }

  return composer;
}

function problemText(problem: 'not understood' | 'too short' | 'too long', written: string): string {
  if (problem === 'too short') return text.tooShort;
  return problem === 'too long' ? text.tooLong : text.notUnderstood(written.trim().slice(0, 40));
}

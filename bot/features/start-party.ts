import { type CommandContext, Composer } from 'grammy';
import { second } from '../../party/clock.ts';
import { loggable } from '../../party/loggable.ts';
import type { Dispatcher } from '../../party/outbox/dispatcher.ts';
import { bringToStart } from '../../party/parties/bring-to-start.ts';
import { endParty } from '../../party/parties/end-party.ts';
import type { Party } from '../../party/parties/parties.ts';
import { PendingStarts } from '../../party/parties/pending-start.ts';
import type { Services } from '../../party/services.ts';
import type { BotContext } from '../context.ts';
import { topicOf } from '../in-topic.ts';
import { endingChoices, undoExtension } from '../party/buttons.ts';
import { startTeller } from '../party/show-start.ts';
import { startText } from '../party/start.text.ts';
import { readPartyEnd } from '../party-length.ts';
import { partyTimes } from '../times.ts';
import { showTyping } from '../typing.ts';
import { writeOver } from '../write-over.ts';
import { chatName } from './chat-name.ts';
import { partyText as text } from './party.text.ts';

/** Telegram's other updates wait for an answer, so a start that takes longer is finished by the tick. Milliseconds. */
const patience = 9 * second;

/** `/start_party [4h | until 01:00]`. The chat where it is said is the party's. */
export function startParty(services: Services, dispatcher: Dispatcher): Composer<BotContext> {
  const { parties, destinations, config, log, now } = services;
  const starts = new PendingStarts(services.table);
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

    await begin(ctx, end.endsAt);
  });

  async function begin(ctx: CommandContext<BotContext>, endsAt: number): Promise<void> {
    const askedAt = now();
    const { message_id: askedIn } = ctx.msg;
    const underWay = await starts.get();
    // An update that comes again goes on with the message that it sent.
    const isSame = underWay?.askedIn === askedIn && underWay.chatId === ctx.chatId;
    if (underWay && !isSame) return void (await ctx.reply(startText.underWay));
    const startMessage = underWay?.startMessage ?? (await ctx.reply(startText.starting)).message_id;
    await showTyping(ctx);
    const place = { chatId: ctx.chatId, ...topicOf(ctx.msg) };
    // The answer above is there: so can be whatever follows it.
    await destinations.back(place);
    const what = { ...place, startedBy: ctx.from!.id, endsAt, startMessage };
    const pending = underWay ?? { ...what, askedIn, askedAt };
    if (!underWay && !(await starts.add(pending)))
      return writeOver(ctx.api, { chatId: ctx.chatId, messageId: startMessage }, startText.underWay);
    await bringToStart(services, startTeller(services, ctx.api), pending, askedAt + patience);
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

import { Composer } from 'grammy';
import { RecognitionError } from '../../party/errors.ts';
import type { Party } from '../../party/parties/parties.ts';
import { aloneWithRecognition } from '../../party/recognition/exclusive.ts';
import type { Services } from '../../party/services.ts';
import type { BotContext } from '../context.ts';
import { endParty } from '../end-party.ts';
import { readPartyEnd } from '../party-length.ts';
import { loggable } from '../safe-errors.ts';
import { partyTimes } from '../times.ts';
import { chatName } from './chat-name.ts';
import { partyText as text } from './party.text.ts';

/** `/start_party [4h | until 01:00]`. The chat where it is said is the party's. */
export function startParty(services: Services): Composer<BotContext> {
  const { parties, guests, collection, recognition, config, log, now } = services;
  const times = partyTimes(config.PARTY_TZ);
  const composer = new Composer<BotContext>();

  composer.command('start_party', async (ctx) => {
    const end = readPartyEnd(ctx.match, now(), times);
    if (!('endsAt' in end)) return ctx.reply(problemText(end.problem, ctx.match));
    const before = await parties.latest();
    if (before && before.endsAt > now()) return ctx.reply(await onAlready(ctx, before));
    // Its time is over and the tick has not been by yet.
    if (before && !(await ended(ctx, before))) return ctx.reply(text.stillEnding);

    const progress = await ctx.reply(text.starting);
    const tell = (told: string) => ctx.api.editMessageText(ctx.chatId, progress.message_id, told);
    await ctx.replyWithChatAction('typing');
    const started = await aloneWithRecognition(services, async () => {
      const problem = await startRecognition();
      if (problem !== undefined) return { problem };
      // Only now, so that a start cut short leaves no party behind that nothing watches: the update comes again.
      const what = { chatId: ctx.chatId, startedBy: ctx.from!.id, endsAt: end.endsAt };
      return { party: await parties.start(what) };
    });
    if (!started) return tell(text.startingAlready);
    const { problem, party } = started.result;
    if (problem !== undefined) return tell(problem);
    if (!party) {
      const other = await parties.latest();
      return tell(other ? await onAlready(ctx, other) : text.notStartedUnknown);
    }
    log.info('A party started', { partyId: party.id, endsAt: party.endsAt });
    const invited = (await guests.list()).length;
    await tell(
      [
        text.started(times.clock(party.endsAt)),
        invited > 0 ? text.expected(invited) : text.nobodyExpected,
      ].join('\n'),
    );
  });

  /** @returns what went wrong, in words */
  async function startRecognition(): Promise<string | undefined> {
    try {
      // The faces may be looked for before the first one is known.
      await collection.ensure();
      await recognition.start();
      return undefined;
    } catch (error) {
      log.error('The recognition did not start', loggable(error));
      // It may be half way: unwatched, it would cost money.
      await recognition.stop().catch((stop) => log.error('The recognition did not stop', loggable(stop)));
      return error instanceof RecognitionError ? text.notStarted(error.message) : text.notStartedUnknown;
    }
  }

  async function ended(ctx: BotContext, party: Party): Promise<boolean> {
    try {
      await endParty(services, ctx.api, party, 'time is over');
      // The tick may be at it just now.
      return (await parties.latest()) === undefined;
    } catch (error) {
      log.error('An overdue party could not be ended', loggable(error));
      return false;
    }
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

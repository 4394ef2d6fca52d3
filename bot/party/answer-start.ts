import type { Api, InlineKeyboard } from 'grammy';
import { second } from '../../party/clock.ts';
import { loggable } from '../../party/loggable.ts';
import type { Dispatcher } from '../../party/outbox/dispatcher.ts';
import { bringToStart } from '../../party/parties/bring-to-start.ts';
import { endParty } from '../../party/parties/end-party.ts';
import type { Party } from '../../party/parties/party.ts';
import { PendingStarts } from '../../party/parties/pending-start.ts';
import type { Services } from '../../party/services.ts';
import { chatName } from '../features/chat-name.ts';
import { partyText as text } from '../features/party.text.ts';
import { inTopic } from '../in-topic.ts';
import { readPartyEnd } from '../party-length.ts';
import { timesOf } from '../times.ts';
import { showTypingIn } from '../typing.ts';
import { writeOver } from '../write-over.ts';
import { endingChoices, undoExtension } from './buttons.ts';
import { startTeller } from './show-start.ts';
import { startText } from './start.text.ts';

/** Telegram's other updates wait for an answer, so a start that takes longer is finished by the tick. Milliseconds. */
const patience = 9 * second;

/** A `/start_party` that somebody said. */
export interface SaidStart {
  /** Where: that chat is the party's. */
  readonly chatId: number;
  readonly threadId?: number;
  readonly userId: number;
  /** The message in which it was said. */
  readonly askedIn: number;
  /** What follows the command. */
  readonly words: string;
}

/** Starts a party as it was said, gives the one that is on another end, or says why not. Safe to repeat. */
export async function answerStart(
  services: Services,
  dispatcher: Dispatcher,
  api: Api,
  said: SaidStart,
): Promise<void> {
  const { parties, settings, now, log } = services;
  const { chatId, threadId, userId, askedIn, words } = said;
  const place = { chatId, ...(threadId !== undefined && { threadId }) };
  const times = await timesOf(services);
  const say = (told: string, keyboard?: InlineKeyboard) =>
    api.sendMessage(chatId, told, { ...inTopic(threadId), ...(keyboard && { reply_markup: keyboard }) });

  async function begin(endsAt: number): Promise<void> {
    const starts = new PendingStarts(services.table);
    const askedAt = now();
    const underWay = await starts.get();
    // An update that comes again goes on with the message that it sent.
    const isSame = underWay?.askedIn === askedIn && underWay.chatId === chatId;
    if (underWay && !isSame) return void (await say(startText.underWay));
    const startMessage = underWay?.startMessage ?? (await say(startText.starting)).message_id;
    await showTypingIn(api, place);
    // The answer above is there: so can be whatever follows it.
    await services.destinations.back(place);
    const what = { ...place, startedBy: userId, endsAt, startMessage };
    const pending = underWay ?? { ...what, askedIn, askedAt };
    if (!underWay && !(await starts.add(pending)))
      return writeOver(api, { chatId, messageId: startMessage }, startText.underWay);
    await bringToStart(services, startTeller(services, api), pending, askedAt + patience);
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
  async function goOn(party: Party, endsAt: number | undefined): Promise<void> {
    const extended = endsAt === undefined ? undefined : await parties.extend(party, endsAt);
    const until = times.clock((extended ?? party).endsAt);
    const where = party.chatId === chatId ? undefined : await chatName(api, party.chatId);
    if (extended) {
      const told = where === undefined ? text.goesOn(until) : text.goesOnElsewhere(where, until);
      return void (await say(told, undoExtension(party.id, party.endsAt)));
    }
    const told = where === undefined ? text.onHere(until) : text.onElsewhere(where, until);
    await say(told, endingChoices(party.id, party.endsAt));
  }

  const end = readPartyEnd(words, now(), times, (await settings.read()).partyLength);
  if (!('endsAt' in end)) return void (await say(problemText(end.problem, words)));
  const before = await parties.latest();
  if (before && before.endsAt > now()) return goOn(before, words.trim() === '' ? undefined : end.endsAt);
  // Its time is over and the tick has not been by yet.
  if (before && !(await ended(before))) return void (await say(text.stillEnding));
  await begin(end.endsAt);
}

function problemText(problem: 'not understood' | 'too short' | 'too long', written: string): string {
  if (problem === 'too short') return text.tooShort;
  return problem === 'too long' ? text.tooLong : text.notUnderstood(written.trim().slice(0, 40));
}

import type { Chat } from '../chat.ts';
import { minute, second } from '../clock.ts';
import { invitedOf } from '../guests/guests.ts';
import { loggable } from '../loggable.ts';
import type { Services } from '../services.ts';
import { type Door, doorNow } from './door.ts';
import type { Party } from './party.ts';
import { type PendingStart, PendingStarts } from './pending-start.ts';
import { startParty } from './start-party.ts';

/** What may be said of a start. */
export type StartChat = Pick<Chat, 'showStart' | 'reportBeforeTheyCome'>;

/** A start that has come to nothing after so long is given up, milliseconds. */
const mostPatience = 5 * minute;
/** Whoever was asked works on it for so long, and nobody else does: milliseconds. */
const firstTry = 25 * second;
/** How the door is at a party's start is of interest for so long, milliseconds. */
const followedFor = 10 * minute;

type StartServices = Pick<
  Services,
  'parties' | 'guests' | 'collection' | 'recognition' | 'claims' | 'table' | 'log' | 'now'
>;

/**
 * Brings a start that was asked for to its end, or as far as it comes until then; its message says how far that is. Safe
 * to repeat: what this leaves the tick takes up, every minute for five, and gives up then.
 *
 * @param until milliseconds since 1970
 */
export async function bringToStart(
  services: StartServices,
  chat: StartChat,
  pending: PendingStart,
  until: number,
): Promise<void> {
  const { recognition, log, now } = services;
  const starts = new PendingStarts(services.table);
  const { askedIn, askedAt, ...what } = pending;
  const shown = { ...what, messageId: pending.startMessage };
  // `/end_party` calls it off, in which case its message says so already.
  const isWanted = async () => (await starts.get())?.startMessage === pending.startMessage;
  const started = await startParty(services, what, until, isWanted);
  if (started.outcome === 'called off') return;
  const isOurs = started.outcome === 'on already' && started.party.startMessage === pending.startMessage;
  if (started.outcome === 'started' || isOurs) {
    // First: it has come to its party, whatever becomes of the words. Those the tick makes good.
    const isFirst = await starts.remove(pending);
    await tellDoor(services, chat, started.party, await doorAtStart(services, started.party));
    if (isFirst) await chat.reportBeforeTheyCome(pending.startedBy);
    return;
  }
  const givesUpAt = askedAt + mostPatience;
  // Whoever was asked may have died at it: then the lock ends with its lease.
  const isLater = now() - askedAt >= firstTry;
  if (started.outcome === 'busy' && isLater && now() < givesUpAt) return;
  if (started.outcome === 'not yet' && now() < givesUpAt) {
    const { outcome: _, ...why } = started;
    return chat.showStart({ ...shown, start: { state: 'waits', until: givesUpAt, ...why } });
  }
  if (started.outcome === 'not yet') {
    await recognition.stop().catch((error) => log.error('The recognition did not stop', loggable(error)));
  }
  await starts.remove(pending);
  if (started.outcome === 'busy') return chat.showStart({ ...shown, start: { state: 'busy' } });
  if (started.outcome === 'on already')
    return chat.showStart({ ...shown, start: { state: 'other is on', party: started.party } });
  const { outcome: _, ...why } = started;
  await chat.showStart({ ...shown, start: { state: 'failed', ...why } });
}

/** Takes up a start that whoever was asked could not bring to its end. @returns whether there is one */
export async function takeUpStart(services: StartServices, chat: StartChat, until: number): Promise<boolean> {
  const starts = new PendingStarts(services.table);
  const pending = await starts.get();
  if (!pending) return false;
  // A sudden end left it, after its party had begun; and that was ended since.
  const past = await services.parties.lastPast();
  if (past?.startMessage === pending.startMessage && past.chatId === pending.chatId) {
    await starts.remove(pending);
    return false;
  }
  if (services.now() - pending.askedAt >= firstTry) await bringToStart(services, chat, pending, until);
  return true;
}

/** Keeps the message about a party's start true of the door, in its first minutes. */
export async function followStart(
  services: Pick<Services, 'parties' | 'guests' | 'recognition' | 'now' | 'log'>,
  chat: StartChat,
  party: Party,
): Promise<void> {
  const { now } = services;
  if (party.startMessage === undefined || party.startTold === 'seen') return;
  if (now() > party.startedAt + followedFor || now() >= party.endsAt) return;
  const door = doorNow(party, {}, now());
  // It may say more already: that the camera sends nothing.
  if (door.state === 'waiting' && party.startTold !== undefined) return;
  if (door.state === party.startTold) return;
  const { problem } = door.state === 'seen' ? {} : await doorAtStart(services, party);
  await tellDoor(services, chat, party, { door, ...(problem !== undefined && { problem }) });
}

async function tellDoor(
  { parties, guests }: Pick<Services, 'parties' | 'guests'>,
  chat: StartChat,
  party: Party,
  { door, problem }: { readonly door: Door; readonly problem?: string },
): Promise<void> {
  const { startMessage: messageId, endsAt } = party;
  if (messageId === undefined) return;
  const invited = invitedOf(await guests.list()).length;
  const start = { state: 'on', endsAt, door: door.state, invited, ...(problem && { problem }) } as const;
  await chat.showStart({ ...party, messageId, start });
  await parties.toldStart(party, start);
}

/** No picture of the party has come yet; whether any do, the producer knows. */
async function doorAtStart(
  { recognition, now, log }: Pick<Services, 'recognition' | 'now' | 'log'>,
  party: Party,
): Promise<{ readonly door: Door; readonly problem?: string }> {
  try {
    const { message: problem, ...status } = await recognition.status();
    const isKnown = party.watchedUntil !== undefined || status.pulse?.lastFrame !== undefined;
    const door: Door = isKnown
      ? doorNow(party.watchedUntil === undefined ? undefined : party, status, now())
      : { state: 'waiting' };
    return { door, ...(problem !== undefined && { problem }) };
  } catch (error) {
    log.warn('How the door is could not be asked', loggable(error));
    return { door: { state: 'waiting' } };
  }
}

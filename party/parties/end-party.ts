import { RecognitionError } from '../errors.ts';
import { loggable } from '../loggable.ts';
import type { Dispatcher } from '../outbox/dispatcher.ts';
import type { Services } from '../services.ts';
import type { Key } from '../stores/table.ts';
import { noticeMessage } from './notices.ts';
import type { Party } from './party.ts';
import type { Audience, EndReason } from './recap.ts';
import { hostRecapKey, hostRecapMessage, type RecapItem, recapKey, recapMessage } from './recap-delivery.ts';
import { seenToItsEnd } from './seen-to-its-end.ts';

/** What ending a party needs of the services. */
export type EndPartyServices = Pick<
  Services,
  'parties' | 'arrivals' | 'recognition' | 'outbox' | 'pictures' | 'table' | 'costs' | 'log' | 'now'
>;

type Sender = Pick<Dispatcher, 'send' | 'claim' | 'sendClaimed'>;

/**
 * Ends a party: nobody arrives from now on, the recognition stops, and the party's chat hears who came. Safe to
 * repeat, also by several at once: one of them sends the recap and ends it. The party goes last, so that whoever comes
 * after a sudden end finds what is still to be done. A chat that cannot be reached keeps no party from ending: its recap
 * is sent when that can be.
 *
 * @param stopping the recognition's stop, if it has been begun
 * @returns true for the call that ended it
 * @throws RecognitionError when the recognition does not stop. The party's time is over then, and it is kept until a
 * later call succeeds: the tick makes one every minute.
 */
export async function endParty(
  services: EndPartyServices,
  dispatcher: Sender,
  party: Party,
  reason: EndReason,
  stopping?: Promise<void>,
): Promise<boolean> {
  const { parties, recognition, outbox, log, now } = services;
  const over = await endByNow(services, party);
  // Claimed before the recognition takes its seconds to stop: the host asked, whatever a tick finds meanwhile.
  const message = recapMessage(over, reason);
  const claimed = await dispatcher.claim<RecapItem>(message);
  if (claimed.outcome === 'in progress') return false;
  // While the camera is still watched, for a frame from after the end says that all before it were handled.
  const seen = claimed.outcome === 'claimed' ? await seenToItsEnd(services, over) : over;
  // Afterwards the producer only waits, and counts nothing.
  await services.costs
    ?.note(over)
    .catch((error) => log.warn('What a party cost was not noted', loggable(error)));
  try {
    await (stopping ?? recognition.stop());
  } catch (error) {
    if (claimed.outcome === 'claimed') await outbox.giveBack(message, now(), claimed.item);
    // Who came is told when the party ends, and that is the next end's to do.
    await outbox.forget(message);
    if (error instanceof RecognitionError && reason === 'time is over')
      await reportRunning(services, dispatcher, party, error);
    throw error;
  }
  if (claimed.outcome === 'claimed') await dispatcher.sendClaimed(message, claimed.item);
  else await outbox.forget(message);
  await tellHost(services, dispatcher, over, reason);
  await askForPicture(services, over);
  const ended = await parties.end(seen);
  if (ended) log.info('The party ended', { partyId: party.id, why: reason });
  return ended;
}

/**
 * Lets a party's time be over now, as somebody asked: whoever ends it next, at the latest the tick within a minute,
 * says so in the recap.
 *
 * @returns the party as it is now
 */
export async function requestEnd(
  services: Pick<EndPartyServices, 'table' | 'parties' | 'now'>,
  party: Party,
): Promise<Party> {
  const why: EndReason = 'asked';
  await services.table.update(recapKey(party), 'SET #why = if_not_exists(#why, :why)', { why });
  return endByNow(services, party);
}

/**
 * The chat that got a party's recap; undefined while it waits, or was refused.
 *
 * @param audience whose: the host's and that of the party's chat are one, if that is private
 */
export async function recapToldIn(
  { table }: Pick<Services, 'table'>,
  party: Party,
  audience: Audience = 'guests',
): Promise<number | undefined> {
  const kept = await table.get<RecapItem>(keyOf(party, audience));
  return kept?.claim === 'done' ? kept.toldIn : undefined;
}

/** Whether a party's recap has been told. @param audience as above */
export async function isRecapSent(
  { table }: Pick<Services, 'table'>,
  party: Party,
  audience: Audience = 'guests',
): Promise<boolean> {
  return (await table.get<RecapItem>(keyOf(party, audience)))?.claim === 'done';
}

const keyOf = (party: Party, audience: Audience): Key =>
  audience === 'host' ? hostRecapKey(party) : recapKey(party);

/** Nobody arrives from now on. @returns the party as it is now */
async function endByNow(
  { parties, now }: Pick<EndPartyServices, 'parties' | 'now'>,
  party: Party,
): Promise<Party> {
  const endsAt = Math.min(party.endsAt, now());
  if (party.endsAt > endsAt) await parties.extend(party, endsAt);
  return { ...party, endsAt };
}

/** The host of a party in a group reads in private what is not for all. It gives the reason that the group was given. */
async function tellHost(
  { table }: Pick<EndPartyServices, 'table'>,
  dispatcher: Sender,
  party: Party,
  reason: EndReason,
): Promise<void> {
  const told = await table.get<RecapItem>(recapKey(party));
  const message = hostRecapMessage(party, told?.why ?? reason);
  if (message) await dispatcher.send(message);
}

/** Of a party that nobody came to there is none. Whoever has none all the same says /recap. */
async function askForPicture(
  { arrivals, pictures, log }: Pick<EndPartyServices, 'arrivals' | 'pictures' | 'log'>,
  { id: partyId }: Party,
): Promise<void> {
  try {
    if ((await arrivals.list(partyId)).length === 0) return;
    await pictures.ask({ job: 'recap', partyId, audience: 'host' });
  } catch (error) {
    log.warn('The picture of a recap could not be asked for', { partyId, ...loggable(error) });
  }
}

/** Once a party, however often its end is tried. */
async function reportRunning(
  { log }: Pick<EndPartyServices, 'log'>,
  dispatcher: Sender,
  party: Party,
  { message: reason }: RecognitionError,
): Promise<void> {
  try {
    await dispatcher.send(noticeMessage(party, { what: 'runs on', reason }, party.endsAt));
  } catch (error) {
    log.warn('A recognition that does not stop was not reported', { partyId: party.id, ...loggable(error) });
  }
}

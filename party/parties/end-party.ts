import type { Chat } from '../chat.ts';
import { hour } from '../clock.ts';
import { RecognitionError } from '../errors.ts';
import { loggable } from '../loggable.ts';
import { type Claim, isPending } from '../outbox/claim.ts';
import { type Delivery, sendLease } from '../outbox/outbox.ts';
import type { Services } from '../services.ts';
import type { Key } from '../stores/table.ts';
import { type Party, partyPartition } from './parties.ts';
import { type EndReason, type RecapServices, readRecap } from './recap.ts';
import { seenToItsEnd } from './seen-to-its-end.ts';

/** What ending a party needs of the services. */
export type EndPartyServices = RecapServices &
  Pick<Services, 'parties' | 'recognition' | 'claims' | 'outbox' | 'table' | 'log' | 'now'>;

/** The recap in the outbox. */
interface RecapItem extends Claim {
  readonly why: EndReason;
}

/** A recap that could not be sent for so long is old news. */
const recapRetriedFor = hour;

const recapKey = ({ id }: Pick<Party, 'id'>): Key => ({ pk: partyPartition(id), sk: 'recap' });

/**
 * Ends a party: nobody arrives from now on, the recognition stops, and the party's chat hears who came. Safe to
 * repeat, also by several at once: one of them sends the recap and ends it. The party goes last, so that whoever comes
 * after a sudden end finds what is still to be done. A chat that cannot be reached keeps no party from ending: see
 * `retryRecap`.
 *
 * @returns true for the call that ended it
 * @throws RecognitionError when the recognition does not stop. The party's time is over then, and it is kept until a
 * later call succeeds: the tick makes one every minute.
 */
export async function endParty(
  services: EndPartyServices,
  chat: Pick<Chat, 'sendRecap' | 'reportRecognitionRunning'>,
  party: Party,
  reason: EndReason,
): Promise<boolean> {
  const { parties, recognition, claims, outbox, log, now } = services;
  const over = await endByNow(services, party);
  // Claimed before the recognition takes its seconds to stop: the host asked, whatever a tick finds meanwhile.
  const key = recapKey(party);
  const claimed = await claims.claim<RecapItem>(key, sendLease, { why: reason });
  if (claimed.outcome === 'in progress') return false;
  // While the camera is still watched, for a frame from after the end says that all before it were handled.
  const seen = claimed.outcome === 'claimed' ? await seenToItsEnd(services, over) : over;
  try {
    await recognition.stop();
  } catch (error) {
    await claims.giveBack(key, now());
    if (error instanceof RecognitionError && reason === 'time is over')
      await reportRunning(services, chat, party, error);
    throw error;
  }
  if (claimed.outcome === 'claimed') {
    const { why } = claimed.item;
    noteFailure(services, party, await outbox.sendClaimed(key, () => sendRecap(services, chat, seen, why)));
  }
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
 * Sends the recap of the last party that was ended, if its chat could not be reached then and nobody has since.
 */
export async function retryRecap(services: EndPartyServices, chat: Pick<Chat, 'sendRecap'>): Promise<void> {
  const { parties, outbox, table, now } = services;
  const party = await parties.lastPast();
  if (!party || party.endedAt + recapRetriedFor < now()) return;
  const kept = await table.get<RecapItem>(recapKey(party));
  if (!kept || !isPending(kept, now())) return;
  const delivery = await outbox.send<RecapItem>(recapKey(party), {}, ({ why }) =>
    sendRecap(services, chat, party, why),
  );
  noteFailure(services, party, delivery);
}

/** Whether a party's chat has got its recap. */
export async function isRecapSent({ table }: Pick<Services, 'table'>, party: Party): Promise<boolean> {
  return (await table.get<RecapItem>(recapKey(party)))?.claim === 'done';
}

/** Nobody arrives from now on. @returns the party as it is now */
async function endByNow(
  { parties, now }: Pick<EndPartyServices, 'parties' | 'now'>,
  party: Party,
): Promise<Party> {
  const endsAt = Math.min(party.endsAt, now());
  if (party.endsAt > endsAt) await parties.extend(party, endsAt);
  return { ...party, endsAt };
}

async function sendRecap(
  services: RecapServices,
  chat: Pick<Chat, 'sendRecap'>,
  party: Party,
  reason: EndReason,
): Promise<void> {
  await chat.sendRecap(party.chatId, await readRecap(services, party, reason));
}

function noteFailure({ log }: Pick<Services, 'log'>, { id: partyId }: Party, delivery: Delivery): void {
  if ('error' in delivery) log.warn('A recap was not sent', { partyId, ...loggable(delivery.error) });
}

/** Once a party, however often its end is tried. */
async function reportRunning(
  { parties, log }: Pick<EndPartyServices, 'parties' | 'log'>,
  chat: Pick<Chat, 'reportRecognitionRunning'>,
  party: Party,
  { message }: RecognitionError,
): Promise<void> {
  if (!(await parties.claimNotice(party, 'runs on'))) return;
  try {
    await chat.reportRecognitionRunning(party.chatId, message);
  } catch (error) {
    log.warn('A recognition that does not stop was not reported', { partyId: party.id, ...loggable(error) });
  }
}

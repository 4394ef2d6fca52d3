import type { Chat } from '../chat.ts';
import { minute } from '../clock.ts';
import { OvertakenError } from '../errors.ts';
import type { Deliver } from '../outbox/deliveries.ts';
import type { Dispatcher } from '../outbox/dispatcher.ts';
import type { Services } from '../services.ts';
import { causeOf } from './interruptions.ts';
import type { Parties } from './parties.ts';
import { hostPlace, type Party, partyPartition, watchedUntil } from './party.ts';

/** A shorter one ends by itself, and is reported as a gap when the camera is back. */
const longestSilence = minute;

interface SilenceItem {
  readonly partyId: string;
  /** Milliseconds since 1970. */
  readonly since: number;
}

/**
 * Reports, once each, a camera that has been silent for a minute and still is. When it is back, the watch reports the
 * gap: from when to when nobody watched.
 */
export async function reportSilence(
  { now }: Pick<Services, 'now'>,
  dispatcher: Pick<Dispatcher, 'send'>,
  party: Party,
): Promise<void> {
  const since = watchedUntil(party);
  if (now() < since + longestSilence || now() >= party.endsAt) return;
  await dispatcher.send({
    kind: 'silence',
    key: { pk: partyPartition(party.id), sk: `silence#${since}` },
    place: hostPlace(party),
    time: since,
    details: { partyId: party.id, since } satisfies SilenceItem,
  });
}

/** One that could not be told while it lasted is told no more. */
export function deliverSilence(parties: Pick<Parties, 'on'>, chat: Pick<Chat, 'reportSilence'>): Deliver {
  return async ({ partyId, since }: SilenceItem, place) => {
    const party = await parties.on();
    if (party?.id !== partyId || watchedUntil(party) > since)
      throw new OvertakenError('The silence is over, or the party is.');
    const cause = causeOf({ from: since, to: Number.POSITIVE_INFINITY }, party.interruption);
    await chat.reportSilence(place, since, cause);
  };
}

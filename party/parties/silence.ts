import type { Chat } from '../chat.ts';
import { minute } from '../clock.ts';
import { loggable } from '../loggable.ts';
import type { Services } from '../services.ts';
import { type Party, partyPartition, watchedUntil } from './parties.ts';

/** A shorter one ends by itself, and is reported as a gap when the camera is back. */
const longestSilence = minute;

/**
 * Reports, once each, a camera that has been silent for a minute and still is. When it is back, the watch reports the
 * gap: from when to when nobody watched.
 */
export async function reportSilence(
  { outbox, now, log }: Pick<Services, 'outbox' | 'now' | 'log'>,
  chat: Pick<Chat, 'reportSilence'>,
  party: Party,
): Promise<void> {
  const since = watchedUntil(party);
  if (now() < since + longestSilence || now() >= party.endsAt) return;
  const key = { pk: partyPartition(party.id), sk: `silence#${since}` };
  const delivery = await outbox.send(key, {}, () => chat.reportSilence(party.chatId, since));
  if ('error' in delivery)
    log.warn('A silence was not reported', { partyId: party.id, ...loggable(delivery.error) });
}

import { forget } from '../forget/forget.ts';
import type { Dispatcher } from '../outbox/dispatcher.ts';
import { noticeMessage } from '../parties/notices.ts';
import type { Services } from '../services.ts';
import { photosGoAt } from './photos-go-at.ts';

type OldPhotosServices = Pick<
  Services,
  'settings' | 'parties' | 'table' | 'storage' | 'collection' | 'log' | 'now'
>;

/**
 * Deletes the photos that guests were known by at the last party, and their faces, when they were kept as long as a host
 * has set; whoever started that party is told what went. Those that were added since stay, for the next one. Safe to
 * repeat.
 *
 * Never while a party is on: its guests are recognised by them.
 */
export async function deleteOldPhotos(
  services: OldPhotosServices,
  dispatcher: Pick<Dispatcher, 'send'>,
): Promise<void> {
  const { parties, now } = services;
  // Not one of a moment ago: it cannot be undone.
  const { photosKept, ...settings } = await services.settings.readNow();
  if (!photosKept) return;
  const party = await parties.lastPast();
  if (!party || settings.photosGoneAfter === party.id) return;
  const goAt = photosGoAt(party, { ...settings, photosKept });
  if (goAt === undefined || now() < goAt || (await parties.latest())) return;
  const { removed, left } = await forget(services, { what: 'photos', addedUntil: party.endsAt });
  const isClear = Object.values(left).every((number) => number === 0);
  if (removed.photos + removed.faces > 0)
    await dispatcher.send({
      ...noticeMessage(party, { what: 'photos gone', kept: photosKept, removed, isClear }, goAt),
      place: { chatId: party.startedBy },
    });
  if (isClear) await services.settings.photosGone(party.id);
}

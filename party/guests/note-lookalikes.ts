import { Wishes } from '../recognition/wish.ts';
import type { Services } from '../services.ts';
import { isEasilyMistaken } from './easily-mistaken.ts';
import { knownGuests } from './gallery.ts';
import { lookalikesAmong } from './lookalikes-among.ts';

/**
 * Notes on each guest which others look like that one, as things are now, and tells the producer whether anybody is
 * easily taken for somebody else. To be called when a photo has come or gone, or a guest is marked as a child. It goes
 * by what was seen when each photo was taken in, so it asks nothing of Rekognition. Safe to repeat.
 */
export async function noteLookalikes({
  guests,
  table,
  now,
}: Pick<Services, 'guests' | 'table' | 'now'>): Promise<void> {
  const known = await knownGuests({ guests });
  const alike = lookalikesAmong(known);
  const changed = known.filter(
    ({ guest }) => (guest.looksLike ?? []).join() !== (alike.get(guest.id) ?? []).join(),
  );
  await Promise.all(changed.map(({ guest }) => guests.setLooksLike(guest.id, alike.get(guest.id) ?? [])));
  const anybody = known.some(({ guest }) =>
    isEasilyMistaken({ ...guest, looksLike: alike.get(guest.id) ?? [] }),
  );
  await new Wishes(table, now).beCareful(anybody);
}

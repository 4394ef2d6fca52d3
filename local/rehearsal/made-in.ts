import { photoKey } from '../../party/guests/guest-keys.ts';
import type { Services } from '../../party/services.ts';

/** From when to when something was shown, milliseconds since 1970, both included. */
export interface Span {
  readonly from: number;
  readonly to: number;
}

/** Whether something was added meanwhile. */
export const madeIn = ({ from, to }: Span, { addedAt = 0 }: { readonly addedAt?: number }): boolean =>
  addedAt >= from && addedAt <= to;

/**
 * Takes off the photos that guests of before got meanwhile: a face of the rehearsal's, of which the host said that it is
 * theirs. The face goes first, so that nobody is recognised by it any more. Safe to repeat.
 */
export async function forgetOthersPhotos(
  { guests, collection, people, storage, table }: Services,
  span: Span,
): Promise<void> {
  for (const { id } of await guests.list())
    for (const photo of await guests.photos(id)) {
      if (!madeIn(span, photo)) continue;
      const faceIds = [...photo.faceIds];
      await collection.remove(faceIds);
      await people.forget(faceIds);
      await storage.delete(photo.key);
      await table.delete(photoKey(id, photo.photoId));
    }
}

/** Whether a guest was added, or a party begun, since then. */
export async function isAnythingSince(
  { guests, parties }: Pick<Services, 'guests' | 'parties'>,
  time: number,
): Promise<boolean> {
  const since = { from: time + 1, to: Number.POSITIVE_INFINITY };
  if ((await guests.list()).some((guest) => madeIn(since, guest))) return true;
  const began = [await parties.latest(), ...(await parties.past())];
  return began.some((party) => party !== undefined && party.startedAt > time);
}

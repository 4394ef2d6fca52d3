import type { Party } from '../parties/party.ts';
import type { HouseSettings } from './settings.ts';

/**
 * When the photos of a party's guests are to be deleted, milliseconds since 1970. Of a party for which that was over
 * already when it was set, they stay: whoever chooses a day must not lose at once what is kept for the next party.
 *
 * @param party the last one that is over
 * @returns undefined when they are kept
 */
export function photosGoAt(
  { endsAt }: Pick<Party, 'endsAt'>,
  { photosKept, photosKeptSince = 0 }: Pick<HouseSettings, 'photosKept' | 'photosKeptSince'>,
): number | undefined {
  if (!photosKept) return undefined;
  const at = endsAt + photosKept;
  return at > photosKeptSince ? at : undefined;
}

import type { GroupPhoto } from '../../party/guests/group-photos.ts';

/**
 * The one name of an album whose photos show one clear face each, as long as nobody of it has a name: then they may all
 * be of one person, who looks like several.
 */
export function nameOfAll({ albumId, members, names }: GroupPhoto): string | undefined {
  const [name, another] = names;
  if (albumId === undefined || another !== undefined) return undefined;
  const photos = members.flatMap(({ photos = [] }) => photos.map(({ messageId }) => messageId));
  const isOneEach = new Set(photos).size === photos.length;
  return isOneEach && members.every(({ guestId, question }) => !guestId && !question) ? name : undefined;
}

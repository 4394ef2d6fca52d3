import { hour } from '../clock.ts';
import { finishRemovals } from '../guests/finish-removals.ts';
import { heldFaces } from '../guests/held-faces.ts';
import type { Services } from '../services.ts';
import { forgetUnwelcomed } from '../sign-ups/forget-unwelcomed.ts';
import { storageFolders } from '../stores/storage-key.ts';
import type { Key } from '../stores/table.ts';
import { UnknownFaces } from '../unknown-faces/unknown-faces.ts';
import { type Known, type Leftovers, leftovers, type Stored, stillLeft } from './leftovers.ts';

/** So long after a look comes the next: what is under way at one is done at the other. */
const betweenLooks = hour;
/** Kept of each kind between two looks; an item of the table holds 400 kB, and what is over it waits for its turn. */
const mostKept = 1000;

const key: Key = { pk: 'LEFTOVERS', sk: 'seen' };

/** What was found at the last look, and when that was, in milliseconds since 1970. */
interface Look extends Leftovers {
  readonly at: number;
}

/** How much was removed. */
export interface Swept {
  readonly objects: number;
  readonly faces: number;
}

type SweepServices = Pick<
  Services,
  | 'table'
  | 'storage'
  | 'collection'
  | 'guests'
  | 'people'
  | 'songs'
  | 'settings'
  | 'hosts'
  | 'parties'
  | 'log'
  | 'now'
>;

/**
 * Removes from bucket and collection what a sudden end left there: a photo or a song that was stored and never became
 * anybody's, a face that was indexed for nobody, or at the door of a party that is gone. What is nobody's at two looks,
 * an hour apart, is removed at the second. Safe to call as often as one likes, and at the same time: one caller an hour
 * looks.
 *
 * @returns undefined if it is not time for a look
 */
export async function sweepLeftovers(services: SweepServices): Promise<Swept | undefined> {
  const { table, storage, collection, people, songs, log, now } = services;
  const before = await table.get<Look>(key);
  if (before && before.at > now() - betweenLooks && before.at <= now()) return undefined;
  const look = { ...key, at: now(), keys: before?.keys ?? [], faceIds: before?.faceIds ?? [] };
  const isOurs = before
    ? await table.put(look, '#at = :before', { before: before.at })
    : await table.put(look, 'attribute_not_exists(#at)');
  if (!isOurs) return undefined;

  await songs.forgetRemoved(now());
  await finishRemovals(services);
  await forgetUnwelcomed(services);
  const objects = await Promise.all(storageFolders.map((folder) => storage.list(folder)));
  const stored: Stored = { objects: objects.flat(), faces: await collection.faces() };
  const { snapshotsKept } = await services.settings.readNow();
  const found = leftovers(stored, await knownTo(services, stored), now(), snapshotsKept);
  const { keys, faceIds } = stillLeft(found, look);
  // A face that got its owner just now is somebody's.
  const owned = await ownedOf(services, faceIds);
  const nobodys = faceIds.filter((faceId) => !owned.has(faceId));
  await collection.remove(nobodys);
  await people.forget(nobodys);
  for (const one of keys) await storage.delete(one);
  const rest = (all: readonly string[], gone: readonly string[]) =>
    all.filter((one) => !gone.includes(one)).slice(0, mostKept);
  await table.put({
    ...look,
    keys: rest(found.keys, keys),
    faceIds: rest(found.faceIds, nobodys),
  });
  const swept = { objects: keys.length, faces: nobodys.length };
  if (swept.objects + swept.faces > 0)
    log.info('What was left in bucket and collection is removed', { ...swept });
  return swept;
}

async function knownTo(services: SweepServices, { faces }: Stored): Promise<Known> {
  const { table, guests, songs, now } = services;
  const [photos, owned, music, held] = await Promise.all([
    guests.allPhotos(),
    ownedOf(
      services,
      faces.map(({ faceId }) => faceId),
    ),
    songs.all(),
    heldFaces({ table, now }),
  ]);
  return {
    keys: new Set([...[...photos, ...music].map(({ key }) => key), ...held.keys]),
    faceIds: new Set([...owned, ...photos.flatMap((photo) => photo.faceIds), ...held.faceIds]),
  };
}

/**
 * Those of the faces that are somebody's. A face at the door is nobody's once the unknown faces of all parties are
 * deleted.
 */
async function ownedOf(
  { people, table }: Pick<SweepServices, 'people' | 'table'>,
  faceIds: readonly string[],
): Promise<Set<string>> {
  const owners = await people.owners(faceIds);
  const parties = await new UnknownFaces(table).parties();
  return new Set(
    [...owners].flatMap(([faceId, { kind }]) => (kind === 'unknown' && parties.length === 0 ? [] : [faceId])),
  );
}

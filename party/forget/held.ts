import { peoplePartition, photosPartition } from '../guests/guest-keys.ts';
import type { Photo } from '../guests/guests.ts';
import { faceKey } from '../guests/people.ts';
import type { Services } from '../services.ts';
import { storageFolders } from '../stores/storage-key.ts';
import type { Key } from '../stores/table.ts';

/** An item of the table, whatever it is. */
export type HeldItem = Key & Readonly<Record<string, unknown>>;

/** What a house holds, or a part of it: items of the table, objects of the bucket, faces of the collection. */
export interface Held {
  readonly items: readonly HeldItem[];
  /** The objects' keys. */
  readonly objects: readonly string[];
  /** The FaceIds. */
  readonly faces: readonly string[];
}

/** All of it, as it is now. */
export async function readHeld({
  table,
  storage,
  collection,
}: Pick<Services, 'table' | 'storage' | 'collection'>): Promise<Held> {
  const [items, faces, ...objects] = await Promise.all([
    table.scan(),
    collection.faces(),
    ...storageFolders.map((folder) => storage.list(folder)),
  ]);
  return {
    items,
    objects: objects.flat().map(({ key }) => key),
    faces: faces.map(({ faceId }) => faceId),
  };
}

/** All photos of people and their faces, as they are now: a query for each person, and nothing else of the table. */
export async function readHeldPhotos({
  table,
  storage,
  collection,
}: Pick<Services, 'table' | 'storage' | 'collection'>): Promise<Held> {
  const people = await table.query<{ readonly id: string }>(peoplePartition);
  const photos = await Promise.all(
    people.map(({ id }) => table.query<Pick<Photo, 'faceIds'>>(photosPartition(id), 'photo#')),
  );
  const faceIds = new Set(photos.flat().flatMap((photo) => photo.faceIds));
  const [owners, objects, faces] = await Promise.all([
    table.getMany([...faceIds].map(faceKey)),
    storage.list('photos/'),
    collection.faces(),
  ]);
  return {
    items: [...people, ...photos.flat(), ...owners] as unknown as HeldItem[],
    objects: objects.map(({ key }) => key),
    faces: faces.map(({ faceId }) => faceId),
  };
}

/** What of both there is. */
export function both(one: Held, other: Held): Held {
  const keyOf = ({ pk, sk }: Key): string => JSON.stringify([pk, sk]);
  return {
    items: [...new Map([...one.items, ...other.items].map((item) => [keyOf(item), item])).values()],
    objects: [...new Set([...one.objects, ...other.objects])],
    faces: [...new Set([...one.faces, ...other.faces])],
  };
}

/** What of the one is still among the other. */
export function stillIn(one: Held, now: Held): Held {
  const keyOf = ({ pk, sk }: Key): string => JSON.stringify([pk, sk]);
  const keys = new Set(now.items.map(keyOf));
  const [objects, faces] = [new Set(now.objects), new Set(now.faces)];
  return {
    items: one.items.filter((item) => keys.has(keyOf(item))),
    objects: one.objects.filter((key) => objects.has(key)),
    faces: one.faces.filter((faceId) => faces.has(faceId)),
  };
}

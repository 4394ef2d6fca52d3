import { withLock } from '../exclusive-lock.ts';
import type { Services } from '../services.ts';
import type { Key } from '../stores/table.ts';
import { both, type Held, type HeldItem, readHeld, readHeldPhotos, stillIn } from './held.ts';
import { type OldPhotos, partOf, type Scope } from './scopes.ts';

/** How much of each kind. */
export interface Counted {
  /** In the collection. */
  readonly faces: number;
  /** In the bucket: photos, pictures of the door, songs. */
  readonly photos: number;
  readonly snapshots: number;
  readonly songs: number;
  /** In the table. */
  readonly items: number;
}

/** What was removed, and what of it is there all the same: read anew when all was done. */
export interface Receipt {
  readonly removed: Counted;
  readonly left: Counted;
}

type ForgetServices = Pick<Services, 'table' | 'storage' | 'collection' | 'log'>;

/** DeleteFaces takes up to 4096 (Rekognition API reference). */
const facesAtATime = 1000;
const itemsAtATime = 20;

/** Who is still at work on an arrival writes once or twice more, and not for ever. */
const mostRounds = 3;

const lock: Key = { pk: 'FORGETTING', sk: 'now' };

/**
 * Forgets for good what a host has asked to be forgotten, unless somebody is at that already: of two at a time neither
 * could say what went.
 *
 * @returns undefined while another forgets
 */
export async function forgetAlone(
  services: ForgetServices & Pick<Services, 'claims' | 'now'>,
  scope: Scope,
): Promise<Receipt | undefined> {
  return (await withLock(lock, services, () => forget(services, scope)))?.result;
}

/**
 * Forgets for good: the faces first, so that nobody is recognised any more, then the files, then the items; those last by
 * which the rest is found. What others wrote meanwhile goes in another round. Safe to repeat, after a sudden end too.
 */
export async function forget(services: ForgetServices, scope: Scope | OldPhotos): Promise<Receipt> {
  const read = scope.what === 'photos' ? readHeldPhotos : readHeld;
  let found = partOf(await read(services), scope);
  let left = found;
  for (let round = 0; round < mostRounds && !isEmpty(left); round++) {
    await remove(services, left);
    const now = await read(services);
    left = both(stillIn(found, now), partOf(now, scope));
    found = both(found, left);
  }
  const receipt = { removed: counted(found), left: counted(left) };
  services.log.info('Something is forgotten', {
    what: scope.what,
    removed: { ...receipt.removed },
    left: { ...receipt.left },
  });
  return receipt;
}

/** Whether there is none of any kind. */
export const isNothing = (counted: Counted): boolean =>
  Object.values(counted).every((number) => number === 0);

const isEmpty = ({ items, objects, faces }: Held): boolean =>
  items.length + objects.length + faces.length === 0;

/** The faces first, and last those items by which the rest is found. */
async function remove(
  { table, storage, collection }: Pick<ForgetServices, 'table' | 'storage' | 'collection'>,
  found: Held,
): Promise<void> {
  for (let from = 0; from < found.faces.length; from += facesAtATime)
    await collection.remove(found.faces.slice(from, from + facesAtATime));
  await inParts(found.objects, (key) => storage.delete(key));
  const last = found.items.filter(isLast);
  await inParts(
    found.items.filter((item) => !isLast(item)),
    (item) => table.delete(item),
  );
  await inParts(last, (item) => table.delete(item));
}

/** How much there is to be forgotten. */
export async function countToForget(services: ForgetServices, scope: Scope): Promise<Counted> {
  return counted(partOf(await readHeld(services), scope));
}

/** What says which photos and pictures somebody has, or a party. */
const isLast = ({ pk, sk }: HeldItem): boolean =>
  pk === 'PEOPLE' || pk === 'PARTIES' || pk.startsWith('PERSON#') || sk.startsWith('guest#');

function counted({ items, objects, faces }: Held): Counted {
  const inFolder = (folder: string): number => objects.filter((key) => key.startsWith(folder)).length;
  return {
    faces: faces.length,
    photos: inFolder('photos/'),
    snapshots: inFolder('snapshots/'),
    songs: inFolder('songs/'),
    items: items.length,
  };
}

async function inParts<Of>(all: readonly Of[], work: (one: Of) => Promise<unknown>): Promise<void> {
  for (let from = 0; from < all.length; from += itemsAtATime)
    await Promise.all(all.slice(from, from + itemsAtATime).map(work));
}

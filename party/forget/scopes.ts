import { minute } from '../clock.ts';
import { recapPicturesOf, storageKey } from '../stores/storage-key.ts';
import type { UnknownFace } from '../unknown-faces/unknown-faces.ts';
import type { Held, HeldItem } from './held.ts';

/*
 * What of all that a house holds is to be forgotten. Each scope is a rule from all there is to a part of it, so that the
 * same rule, asked again afterwards, says whether anything is left.
 */

/** What is to be forgotten. */
export type Scope =
  /** Somebody: faces, photos, arrivals and their pictures. */
  | { readonly what: 'guest'; readonly guestId: string }
  /** A party: who came when, and all pictures of its door. */
  | { readonly what: 'party'; readonly partyId: string }
  /** Everybody's faces and photos, and all pictures of the door; guests keep their names and songs. */
  | { readonly what: 'faces' }
  /** All that is anybody's. */
  | { readonly what: 'everything' };

/**
 * Photos that guests were known by already at a moment, milliseconds since 1970, and their faces; not those of who
 * lives here.
 */
export interface OldPhotos {
  readonly what: 'photos';
  readonly addedUntil: number;
}

/** The part of what is held that a scope is about. */
export function partOf(held: Held, scope: Scope | OldPhotos): Held {
  switch (scope.what) {
    case 'guest':
      return ofGuest(held, scope.guestId);
    case 'party':
      return ofParty(held, scope.partyId);
    case 'faces':
      return ofFaces(held);
    case 'everything':
      return ofEverybody(held);
    case 'photos':
      return ofOldPhotos(held, scope.addedUntil);
  }
}

function ofGuest({ items, objects, faces }: Held, guestId: string): Held {
  const own = items.filter((item) => isOfGuest(item, guestId));
  const photos = own.filter(({ pk }) => pk === `PERSON#${guestId}`);
  const elsewhere = new Set(
    items.filter(({ pk }) => pk.startsWith('PERSON#') && pk !== `PERSON#${guestId}`).map(({ key }) => key),
  );
  const owners = new Map(items.filter(({ pk }) => pk === 'FACES').map(({ faceId, id }) => [faceId, id]));
  const ownFaces = new Set<unknown>([
    ...own.filter(({ pk }) => pk === 'FACES').map(({ faceId }) => faceId),
    ...own.flatMap(unknownFacesOf),
    // Whose face is whose is forgotten last: one without an owner was theirs.
    ...photos
      .flatMap(({ faceIds }) => (faceIds as readonly string[] | undefined) ?? [])
      .filter((faceId) => !owners.has(faceId)),
  ]);
  const pictures = new Set<unknown>([
    // A photo of several people is each one's.
    ...photos.map(({ key }) => key).filter((key) => !elsewhere.has(key)),
    ...own.flatMap(picturesOf),
  ]);
  // Of the parties that they came to, pictures of recaps that are not sent yet.
  const recaps = own
    .filter(({ pk, sk }) => pk.startsWith('PARTY#') && sk === `guest#${guestId}`)
    .map(({ pk }) => recapPicturesOf(pk.slice('PARTY#'.length)));
  return {
    items: [...own, ...items.filter((item) => !own.includes(item) && isOwnerOf(item, ownFaces))],
    objects: objects.filter((key) => pictures.has(key) || recaps.some((begin) => key.startsWith(begin))),
    faces: faces.filter((faceId) => ownFaces.has(faceId)),
  };
}

/** Whether an item says whose one of these faces is. */
const isOwnerOf = ({ pk, faceId }: HeldItem, faceIds: ReadonlySet<unknown>): boolean =>
  pk === 'FACES' && faceIds.has(faceId);

/** Whether an item is that of an unknown face at a party (`unknown-faces/unknown-faces.ts`). */
const isUnknownFace = ({ pk, sk }: HeldItem): boolean => pk.startsWith('PARTY#') && sk.startsWith('unknown#');

/** The faces of the collection that are an unknown face's, but for one that was kept as a guest's photo. */
function unknownFacesOf(item: HeldItem): string[] {
  if (!isUnknownFace(item)) return [];
  const { faceIds, kept, photo } = item as Partial<UnknownFace>;
  return [...(faceIds ?? [])].filter((faceId) => !(kept && faceId === photo?.faceId));
}

function isOfGuest(item: HeldItem, guestId: string): boolean {
  const { pk, sk } = item;
  if (pk === `PERSON#${guestId}`) return true;
  if (pk === 'PEOPLE') return sk === `guest#${guestId}`;
  if (pk === 'FACES') return item.id === guestId;
  if (pk === 'SIGNUPS') return item.guestId === guestId;
  // The newest frame shows whoever is there; the next one is written within seconds.
  if (pk.startsWith('PARTY#')) return item.guestId === guestId || sk === `guest#${guestId}` || sk === 'look';
  // What waits to be sent stands under the key of what it is about.
  return pk === 'OUTBOX' && (sk.endsWith(`#guest#${guestId}`) || sk.includes(`#snapshot#${guestId}#`));
}

/** The pictures of an arrival, or of an unknown face. */
function picturesOf(item: HeldItem): string[] {
  const { time, guestId } = item;
  if (typeof time !== 'number') return [];
  if (isUnknownFace(item)) {
    const { photo, looks = [] } = item as Partial<UnknownFace>;
    return [...(photo ? [photo.key] : []), ...looks.map((look) => storageKey.snapshot(look.time))];
  }
  const drawn = typeof guestId === 'string' ? [storageKey.drawnSnapshot({ guestId, time })] : [];
  return [storageKey.snapshot(time), ...drawn];
}

function ofParty({ items, objects, faces }: Held, partyId: string): Held {
  const isIts = ({ pk, sk }: HeldItem): boolean =>
    pk === `PARTY#${partyId}` ||
    ((pk === 'PARTIES' || pk === 'UNKNOWN') && sk === partyId) ||
    (pk === 'OUTBOX' && sk.includes(`#PARTY#${partyId}#`));
  const own = items.filter(isIts);
  const past = own.find(({ pk }) => pk === 'PARTIES');
  const [startedAt, endsAt] = [past?.startedAt, past?.endsAt];
  const isDuring = (time: number): boolean =>
    typeof startedAt === 'number' &&
    typeof endsAt === 'number' &&
    time >= startedAt &&
    time <= endsAt + minute;
  const told = new Set(own.flatMap(picturesOf));
  const unknown = new Set<unknown>(own.flatMap(unknownFacesOf));
  return {
    items: [...own, ...items.filter((item) => isOwnerOf(item, unknown))],
    objects: objects.filter(
      (key) => told.has(key) || isDuring(timeOfSnapshot(key)) || key.startsWith(recapPicturesOf(partyId)),
    ),
    faces: faces.filter((faceId) => unknown.has(faceId)),
  };
}

/** @returns not a number for what is no picture of the door */
function timeOfSnapshot(key: string): number {
  return Number(/^snapshots\/(?:drawn\/)?(\d+)[-.]/.exec(key)?.[1]);
}

/** While people are asked whose a face is, or whether somebody is welcome, it is kept with the question. */
const isQuestion = ({ pk, sk, guestId }: HeldItem): boolean =>
  pk === 'GROUPS' ||
  (pk === 'SIGNUPS' && guestId === undefined) ||
  /^(QUESTIONS|ALBUM)#/.test(pk) ||
  (pk.startsWith('CHAT#') && sk.startsWith('state#'));

function ofFaces({ items, objects, faces }: Held): Held {
  return {
    items: items.filter(
      (item) =>
        item.pk === 'FACES' ||
        item.pk === 'UNKNOWN' ||
        item.pk.startsWith('PERSON#') ||
        isUnknownFace(item) ||
        isQuestion(item),
    ),
    objects: objects.filter((key) => !key.startsWith('songs/')),
    faces,
  };
}

function ofOldPhotos({ items, objects, faces }: Held, addedUntil: number): Held {
  const household = new Set(
    items
      .filter(({ pk, livesHere }) => pk === 'PEOPLE' && livesHere === true)
      .map(({ id }) => `PERSON#${id}`),
  );
  const photos = items.filter(({ pk, sk }) => pk.startsWith('PERSON#') && sk.startsWith('photo#'));
  // One that was added before that was kept is old.
  const isOld = ({ pk, addedAt = 0 }: HeldItem): boolean =>
    typeof addedAt === 'number' && addedAt <= addedUntil && !household.has(pk);
  const [old, kept] = [photos.filter(isOld), photos.filter((photo) => !isOld(photo))];
  const facesOf = (those: readonly HeldItem[]): string[] =>
    those.flatMap(({ faceIds }) => (faceIds as readonly string[] | undefined) ?? []);
  const [keptKeys, keptFaces] = [new Set(kept.map(({ key }) => key)), new Set(facesOf(kept))];
  const goneKeys = new Set(old.map(({ key }) => key).filter((key) => !keptKeys.has(key)));
  const goneFaces = new Set<unknown>(facesOf(old).filter((faceId) => !keptFaces.has(faceId)));
  return {
    items: [...old, ...items.filter(({ pk, faceId }) => pk === 'FACES' && goneFaces.has(faceId))],
    objects: objects.filter((key) => goneKeys.has(key)),
    faces: faces.filter((faceId) => goneFaces.has(faceId)),
  };
}

/** What is nobody's, by the beginnings of its partitions. All else is somebody's, whatever will be kept one day. */
const nobodys = [
  'HOSTS',
  'SETUP',
  'SETTINGS',
  'WISH',
  'PULSE',
  'SCREEN',
  'LEFTOVERS',
  'FORGETTING',
  'UPDATE#',
  'ALARM#',
  'DESTINATION#',
];

function ofEverybody({ items, objects, faces }: Held): Held {
  const isCarol = ({ pk, carol }: HeldItem): boolean => pk === 'SONGS' && carol === true;
  const carols = new Set(items.filter(isCarol).map(({ key }) => key));
  const isKept = (item: HeldItem): boolean =>
    isCarol(item) ||
    // The lock of the recognition.
    (item.pk === 'PARTY' && item.sk === 'recognition') ||
    nobodys.some((begin) => (begin.endsWith('#') ? item.pk.startsWith(begin) : item.pk === begin));
  return {
    items: items.filter((item) => !isKept(item)),
    objects: objects.filter((key) => !carols.has(key)),
    faces,
  };
}

import { FaceGoneError } from '../errors.ts';
import type { RatioBox } from '../record/record.ts';
import type { Services } from '../services.ts';
import type { AlikeFace } from '../stores/collection.ts';
import type { PhotoFace } from './faces-in-photo.ts';
import type { OpenGroup } from './group-photos.ts';
import type { Guest } from './guests.ts';
import { heldFaces } from './held-faces.ts';
import { likeness } from './lookalikes.ts';
import { lookAlikeFrom } from './lookalikes-among.ts';
import { noteLookalikes } from './note-lookalikes.ts';
import { keptAdvice, type PhotoAdvice } from './photo-advice.ts';
import { findFaceAgain } from './rebuild-faces.ts';
import { type Attribution, asAnswered, namesakesOf, type WhosePhoto, whosePhoto } from './whose-photo.ts';

type GroupServices = Pick<Services, 'config' | 'guests' | 'people' | 'collection'>;
type NamingServices = GroupServices & Pick<Services, 'table' | 'now'>;

/** A face of a photo of several people. */
export interface GroupFace extends PhotoFace {
  /** Whose it is already: this very photo was sent before. */
  readonly owner?: Guest;
  /** The guest that it is most like. */
  readonly like?: Guest;
}

/** Where a face of a group is kept. */
export interface FaceInGroup {
  readonly photoId: string;
  /** The picture's key in the bucket. */
  readonly key: string;
  readonly faceId: string;
  readonly box: RatioBox;
  /** What a better photo would have otherwise, if anything. */
  readonly advice?: readonly PhotoAdvice[];
}

/** What came of a name for a face of a group. */
export type FaceNamed =
  | { readonly outcome: 'named'; readonly guest: Guest; readonly photos: number }
  /** Name and face do not agree, and nothing is written: it is to be named again, with an answer. */
  | { readonly outcome: 'asked'; readonly question: Extract<WhosePhoto, { whose: 'asked' }> };

/** Whose the faces of a group are already, and whom they are like. */
export async function groupFaces(services: GroupServices, faces: readonly PhotoFace[]): Promise<GroupFace[]> {
  return Promise.all(
    faces.map(async (face) => {
      const owner = await guestOf(services, face.faceId);
      if (owner) return { ...face, owner };
      const [like] = await alikeGuests(services, face.faceId);
      return { ...face, ...(like && { like }) };
    }),
  );
}

/**
 * Makes the faces of one person in a group ones by which a guest is known, and makes the guest if they are the first.
 * The faces are indexed already, and only whose they are changes; one that is not there any more is found again in its
 * picture, if that is. Safe to repeat.
 *
 * @param group of one person: in a photo of several people one face, in an album one or more
 * @throws FaceGoneError when none is there
 */
export async function nameFaces(
  services: NamingServices,
  group: readonly FaceInGroup[],
  said: Attribution,
): Promise<FaceNamed> {
  const { guests, people, collection } = services;
  const faces = await thoseThere(services, group);
  const whose = await whoseFaces(services, faces, said);
  if (whose.whose === 'asked') return { outcome: 'asked', question: whose };
  const [first] = faces;
  const guest =
    whose.whose === 'guest' ? whose.guest : await guests.add(newGuestId(first!.faceId), said.name);
  for (const { photoId, key, faceId, box, advice } of faces) {
    await people.assign(faceId, { kind: 'guest', id: guest.id });
    const like = likeness(await collection.alike(faceId, lookAlikeFrom), photoId);
    await guests.addPhoto(guest.id, { photoId, faceIds: [faceId], key, box, like, ...keptAdvice(advice) });
  }
  await noteLookalikes(services);
  return { outcome: 'named', guest, photos: (await guests.photos(guest.id)).length };
}

/**
 * A face may have become somebody's meanwhile, and have been taken from them.
 *
 * @throws FaceGoneError when none is there
 */
async function thoseThere(
  { config, collection }: GroupServices,
  faces: readonly FaceInGroup[],
): Promise<FaceInGroup[]> {
  const there = new Set((await collection.faces()).map(({ faceId }) => faceId));
  const found: FaceInGroup[] = [];
  for (const face of faces) {
    const picture = { bucket: config.BUCKET_NAME, key: face.key };
    const faceId = there.has(face.faceId) ? face.faceId : await findFaceAgain(collection, picture, face);
    if (faceId !== undefined) found.push({ ...face, faceId });
  }
  if (found.length === 0) throw new FaceGoneError('Neither the faces nor their pictures are there any more.');
  return found;
}

/** Faces of which one has an owner are that one's: another host named them meanwhile, or this was cut short before. */
async function whoseFaces(
  services: GroupServices,
  faces: readonly FaceInGroup[],
  said: Attribution,
): Promise<WhosePhoto> {
  const like = new Map<string, Guest>();
  for (const { faceId } of faces) {
    const owner = await guestOf(services, faceId);
    if (owner) return { whose: 'guest', guest: owner };
    for (const guest of await alikeGuests(services, faceId)) like.set(guest.id, guest);
  }
  const namesakes = await namesakesOf(services.guests, said);
  return said.answer ? asAnswered(said.answer, namesakes) : whosePhoto(namesakes, [...like.values()]);
}

/**
 * Takes away the faces of a group that nobody was named by, and each picture that is nobody's at all. What others are
 * being asked about stays.
 *
 * @param group that is not asked about any more
 */
export async function dropUnnamed(
  services: GroupServices & Pick<Services, 'storage' | 'table' | 'now'>,
  faces: ReadonlyArray<Pick<FaceInGroup, 'faceId' | 'key'>>,
  group?: OpenGroup,
): Promise<void> {
  const { collection, people, guests, storage } = services;
  const owners = await people.owners(faces.map(({ faceId }) => faceId));
  const held = await heldFaces(services, group);
  const nobodys = faces.filter(({ faceId }) => !owners.has(faceId) && !held.faceIds.has(faceId));
  await collection.remove(nobodys.map(({ faceId }) => faceId));
  for (const key of new Set(nobodys.map((face) => face.key)))
    if (!held.keys.has(key) && !(await guests.anyHasPhotoAt(key))) await storage.delete(key);
}

/** The same for the same face: of two who name it at once, one guest is made. */
const newGuestId = (faceId: string): string => faceId.slice(0, 8);

/** The guests that a face of the collection is like, best first; those of the same photo are other people. */
export async function alikeGuests(
  services: Pick<GroupServices, 'guests' | 'people' | 'collection'>,
  faceId: string,
): Promise<Guest[]> {
  return guestsOf(services, await services.collection.alike(faceId));
}

/** The guests whose those faces are, in that order. */
export async function guestsOf(
  { people, guests }: Pick<GroupServices, 'people' | 'guests'>,
  faces: ReadonlyArray<Pick<AlikeFace, 'faceId'>>,
): Promise<Guest[]> {
  const owners = await people.owners(faces.map((face) => face.faceId));
  const ids = faces.flatMap((face) => {
    const owner = owners.get(face.faceId);
    return owner?.kind === 'guest' ? [owner.id] : [];
  });
  const found = await Promise.all([...new Set(ids)].map((id) => guests.get(id)));
  return found.filter((guest) => guest !== undefined);
}

/** The guest whose face it is, if it is anybody's. */
export async function guestOf(
  { people, guests }: Pick<GroupServices, 'guests' | 'people'>,
  faceId: string,
): Promise<Guest | undefined> {
  const owner = (await people.owners([faceId])).get(faceId);
  return owner?.kind === 'guest' ? guests.get(owner.id) : undefined;
}

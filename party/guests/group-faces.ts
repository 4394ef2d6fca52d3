import type { RatioBox } from '../record/record.ts';
import type { Services } from '../services.ts';
import type { PhotoFace } from './faces-in-photo.ts';
import type { Guest } from './guests.ts';
import { likeness } from './lookalikes.ts';
import { keptAdvice, type PhotoAdvice } from './photo-advice.ts';
import { type Attribution, asAnswered, namesakesOf, type WhosePhoto, whosePhoto } from './whose-photo.ts';

type GroupServices = Pick<Services, 'guests' | 'people' | 'collection'>;

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
      const [like] = await alike(services, face.faceId);
      return { ...face, ...(like && { like }) };
    }),
  );
}

/**
 * Makes a face of a group one by which a guest is known, and makes the guest if it is the first. The face is indexed
 * already: only whose it is changes. Safe to repeat.
 */
export async function nameFace(
  services: GroupServices,
  { photoId, key, faceId, box, advice }: FaceInGroup,
  said: Attribution,
): Promise<FaceNamed> {
  const { guests, people, collection } = services;
  const whose = await whoseFace(services, faceId, said);
  if (whose.whose === 'asked') return { outcome: 'asked', question: whose };
  const guest = whose.whose === 'guest' ? whose.guest : await guests.add(newGuestId(faceId), said.name);
  await people.assign(faceId, { kind: 'guest', id: guest.id });
  const like = likeness(await collection.alike(faceId), photoId);
  await guests.addPhoto(guest.id, { photoId, faceIds: [faceId], key, box, like, ...keptAdvice(advice) });
  return { outcome: 'named', guest, photos: (await guests.photos(guest.id)).length };
}

/** A face that has an owner keeps it: another host named it meanwhile, or this was cut short before. */
async function whoseFace(services: GroupServices, faceId: string, said: Attribution): Promise<WhosePhoto> {
  const owner = await guestOf(services, faceId);
  if (owner) return { whose: 'guest', guest: owner };
  const namesakes = await namesakesOf(services.guests, said);
  return said.answer
    ? asAnswered(said.answer, namesakes)
    : whosePhoto(namesakes, await alike(services, faceId));
}

/** Takes away the faces of a group that nobody was named by, and the picture when it is nobody's at all. */
export async function dropUnnamed(
  { collection, people, guests, storage }: GroupServices & Pick<Services, 'storage'>,
  faces: ReadonlyArray<Pick<FaceInGroup, 'faceId' | 'key'>>,
): Promise<void> {
  const owners = await people.owners(faces.map(({ faceId }) => faceId));
  const nobodys = faces.filter(({ faceId }) => !owners.has(faceId));
  await collection.remove(nobodys.map(({ faceId }) => faceId));
  for (const key of new Set(nobodys.map((face) => face.key)))
    if (!(await guests.anyHasPhotoAt(key))) await storage.delete(key);
}

/** The same for the same face: of two who name it at once, one guest is made. */
const newGuestId = (faceId: string): string => faceId.slice(0, 8);

/** The guests that a face of the collection is like, best first; those of the same photo are other people. */
async function alike({ collection, people, guests }: GroupServices, faceId: string): Promise<Guest[]> {
  const faces = await collection.alike(faceId);
  const owners = await people.owners(faces.map((face) => face.faceId));
  const ids = faces.flatMap((face) => {
    const owner = owners.get(face.faceId);
    return owner?.kind === 'guest' ? [owner.id] : [];
  });
  const found = await Promise.all([...new Set(ids)].map((id) => guests.get(id)));
  return found.filter((guest) => guest !== undefined);
}

async function guestOf({ people, guests }: GroupServices, faceId: string): Promise<Guest | undefined> {
  const owner = (await people.owners([faceId])).get(faceId);
  return owner?.kind === 'guest' ? guests.get(owner.id) : undefined;
}

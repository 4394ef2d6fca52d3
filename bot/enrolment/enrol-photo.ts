import { type Guest, Guests } from '../../party/guests/guests.ts';
import type { Services } from '../../party/services.ts';
import type { Refusal } from '../../party/stores/collection.ts';
import { storageKey } from '../../party/stores/storage-key.ts';
import type { TelegramFile } from '../telegram-file.ts';
import { type Namesake, type Whose, whosePhoto } from './whose-photo.ts';

/** Whom a photo is said to be of. */
export interface Said {
  readonly name: string;
  /** What people answered when they were asked: a guest, or somebody new of that name. */
  readonly answer?: { readonly guestId: string } | 'newcomer';
}

/** Why a photo will not do, for the collection or already before it. */
export type PhotoRefusal = Refusal | { readonly reason: 'damaged picture' | 'file too large' };

/** What came of a photo. */
export type Enrolment =
  | { readonly outcome: 'enrolled'; readonly guest: Guest; readonly photos: number }
  /** This very photo is this guest's already. */
  | { readonly outcome: 'known'; readonly guest: Guest; readonly sameName: boolean }
  | { readonly outcome: 'refused'; readonly refusal: PhotoRefusal }
  | { readonly outcome: 'asked'; readonly question: Extract<Whose, { whose: 'asked' }> };

type Rooms = Pick<Services, 'config' | 'guests' | 'people' | 'collection' | 'storage'>;

/**
 * Makes a photo one by which a guest is known, and makes the guest if it is the first. Safe to repeat: a photo
 * counts once for a guest. Unless the photo is enrolled, nothing of it stays.
 */
export async function enrolPhoto(
  rooms: Rooms,
  file: TelegramFile,
  bytes: Uint8Array,
  said: Said,
): Promise<Enrolment> {
  const { config, guests, storage, collection } = rooms;
  const photoId = file.uniqueId;
  const namesakes = await namesakesOf(rooms, said);
  for (const { guest } of namesakes) {
    const photos = await guests.photos(guest.id);
    if (photos.some((photo) => photo.photoId === photoId)) return { outcome: 'known', guest, sameName: true };
  }
  const newcomerId = Guests.newId();
  const store = async (guestId: string): Promise<string> => {
    const key = storageKey.photo(guestId, photoId);
    await storage.put(key, bytes, file.contentType);
    return key;
  };
  const firstKey = await store(namesakes[0]?.guest.id ?? newcomerId);
  let keptKey: string | undefined;
  try {
    const verdict = await collection.enrol({ bucket: config.BUCKET_NAME, key: firstKey }, photoId);
    if (!('faceId' in verdict)) return { outcome: 'refused', refusal: refusalOf(verdict, bytes) };
    const { faceId } = verdict;
    const { holder, alike, owned } = await lookalikes(rooms, faceId, photoId);
    if (holder && !namesakes.some(({ guest }) => guest.id === holder.id)) {
      if (!owned) await collection.remove([faceId]);
      return { outcome: 'known', guest: holder, sameName: false };
    }
    const whose = said.answer ? answered(said.answer, namesakes) : whosePhoto(namesakes, alike);
    if (whose.whose === 'asked') {
      await collection.remove([faceId]);
      return { outcome: 'asked', question: whose };
    }
    const guest = whose.whose === 'guest' ? whose.guest : await guests.add(newcomerId, said.name);
    const key = storageKey.photo(guest.id, photoId);
    keptKey = key === firstKey ? key : await store(guest.id);
    await rooms.people.assign(faceId, { kind: 'guest', id: guest.id });
    await guests.addPhoto(guest.id, { photoId, faceIds: [faceId], key });
    return { outcome: 'enrolled', guest, photos: (await guests.photos(guest.id)).length };
  } finally {
    if (keptKey !== firstKey) await storage.delete(firstKey);
  }
}

/** How JPEG and PNG files begin: one that begins so and cannot be read is damaged. */
const beginnings = [Buffer.from('ffd8ff', 'hex'), Buffer.from('89504e470d0a1a0a', 'hex')];

function refusalOf(refusal: Refusal, bytes: Uint8Array): PhotoRefusal {
  const isPicture = beginnings.some((beginning) => beginning.equals(bytes.subarray(0, beginning.length)));
  return refusal.reason === 'not a picture' && isPicture ? { reason: 'damaged picture' } : refusal;
}

async function namesakesOf({ guests }: Rooms, { name, answer }: Said): Promise<Namesake[]> {
  if (answer === 'newcomer') return [];
  const answered = answer && (await guests.get(answer.guestId));
  const found = answered ? [answered] : await guests.named(name);
  return Promise.all(found.map(async (guest) => ({ guest, photos: (await guests.photos(guest.id)).length })));
}

function answered(answer: NonNullable<Said['answer']>, namesakes: readonly Namesake[]): Whose {
  const guest = answer === 'newcomer' ? undefined : namesakes[0]?.guest;
  return guest ? { whose: 'guest', guest } : { whose: 'newcomer' };
}

/**
 * Whom a face that has just been indexed is like, best first, and who holds this very photo already. Rekognition
 * gives a picture that comes twice its first face again ("doesn't save duplicate face metadata", IndexFaces).
 */
async function lookalikes(
  { people, collection, guests }: Rooms,
  faceId: string,
  photoId: string,
): Promise<{ holder: Guest | undefined; alike: Guest[]; owned: boolean }> {
  const faces = await collection.alike(faceId);
  const owners = await people.owners([faceId, ...faces.map((face) => face.faceId)]);
  // A try that was cut short left its face behind, and nobody's: it would be announced by the photo's id.
  const left = faces.filter((face) => face.externalImageId === photoId && !owners.has(face.faceId));
  await collection.remove(left.map((face) => face.faceId));

  const guestOf = async (id: string): Promise<Guest | undefined> => {
    const owner = owners.get(id);
    return owner?.kind === 'guest' ? guests.get(owner.id) : undefined;
  };
  const copy = faces.find((face) => face.externalImageId === photoId && owners.has(face.faceId));
  const holder = (await guestOf(faceId)) ?? (copy && (await guestOf(copy.faceId)));
  const found = await Promise.all(faces.map((face) => guestOf(face.faceId)));
  const alike = new Map([holder, ...found].flatMap((guest) => (guest ? [[guest.id, guest] as const] : [])));
  return { holder, alike: [...alike.values()], owned: owners.has(faceId) };
}

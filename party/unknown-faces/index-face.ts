import type { PhotoFace } from '../guests/faces-in-photo.ts';
import { type Guest, isMutedAt } from '../guests/guests.ts';
import type { Services } from '../services.ts';
import { type UnknownFace, UnknownFaces } from './unknown-faces.ts';

type IndexServices = Pick<
  Services,
  'config' | 'table' | 'collection' | 'people' | 'guests' | 'arrivals' | 'storage'
>;

/** A picture of the face alone, with some of what is round it. */
export interface FacePicture {
  readonly photoId: string;
  /** The object's key in the bucket. */
  readonly key: string;
}

/**
 * What came of indexing an unknown face:
 *
 * - `indexed`: it is known for the rest of the party, and hosts can be asked;
 * - `known`: it is somebody of whom nobody need be asked, seen better now: one who is here already, who lives here, or of
 *   whom hosts are asked already;
 * - `unusable`: the picture does not show it well enough to know anybody by;
 * - `gone`: it was deleted meanwhile.
 */
export type Indexed = 'indexed' | 'known' | 'unusable' | 'gone';

/**
 * Indexes an unknown face from its picture. Nothing stays of one that is unusable. Whatever a sudden end leaves in the
 * collection is deleted at the end of the party, or is nobody's and swept.
 */
export async function indexFace(
  services: IndexServices,
  face: UnknownFace,
  { photoId, key }: FacePicture,
): Promise<Indexed> {
  const { config, table, collection, people, storage } = services;
  const unknown = new UnknownFaces(table);
  await unknown.noteParty(face.partyId);
  const found = await collection.index({ bucket: config.BUCKET_NAME, key }, photoId);
  const own = 'reason' in found ? undefined : inTheMiddle(found.faces);
  const others = 'reason' in found ? [] : found.faces.filter((one) => one !== own);
  await collection.remove(others.map(({ faceId }) => faceId));
  const drop = async (): Promise<void> => {
    if (own) await collection.remove([own.faceId]);
    await storage.delete(key);
    await unknown.remove(face);
  };
  if (!own) {
    await drop();
    return 'unusable';
  }
  const like = await whomItIsLike(services, face, own.faceId);
  if ('unknownId' in like) {
    const other = { partyId: face.partyId, id: like.unknownId };
    const isThere = await unknown.addFace(other, own.faceId);
    if (isThere) await people.assign(own.faceId, { kind: 'unknown', id: other.id });
    else await collection.remove([own.faceId]);
    await storage.delete(key);
    await unknown.remove(face);
    return 'known';
  }
  const photo = { photoId, key, faceId: own.faceId, box: own.box };
  const guestIds = 'hereId' in like ? [] : like.guestIds;
  if (!(await unknown.indexed(face, photo, guestIds))) {
    await drop();
    return 'gone';
  }
  await people.assign(own.faceId, { kind: 'unknown', id: face.id });
  // Known as somebody from now on, it is not noticed again. Not as that guest's: they need no announcement, and others do.
  if ('hereId' in like) await unknown.settle(face, { is: 'guest', guestId: like.hereId, by: 'recognition' });
  // The end of the party may have come in between, and have deleted what it found.
  if (await unknown.get(face)) return 'hereId' in like ? 'known' : 'indexed';
  await people.forget([own.faceId]);
  await drop();
  return 'gone';
}

/** The face that the picture was cut out for is in its middle. */
function inTheMiddle(faces: readonly PhotoFace[]): PhotoFace | undefined {
  const off = ({ box }: PhotoFace): number =>
    Math.hypot(box.left + box.width / 2 - 0.5, box.top + box.height / 2 - 0.5);
  return [...faces].sort((a, b) => off(a) - off(b))[0];
}

type Alike =
  | { readonly hereId: string }
  | { readonly unknownId: string }
  | { readonly guestIds: readonly string[] };

/**
 * Whom the face is like, in this picture, which is better than a frame: one who needs no announcement any more, another
 * unknown face of the party, or guests who are still to come.
 */
async function whomItIsLike(
  { collection, people, guests, arrivals, table }: IndexServices,
  { partyId }: UnknownFace,
  faceId: string,
): Promise<Alike> {
  const alike = await collection.alike(faceId);
  const owners = await people.owners(alike.map((one) => one.faceId));
  const guestIds: string[] = [];
  for (const { faceId: otherId } of alike) {
    const owner = owners.get(otherId);
    // One that misled once says nothing.
    if (!owner || owner.mistake) continue;
    if (owner.kind === 'unknown' && guestIds.length === 0) {
      const other = { partyId, id: owner.id };
      if (await new UnknownFaces(table).get(other)) return { unknownId: owner.id };
    }
    const guest = owner.kind === 'guest' ? await guests.get(owner.id) : undefined;
    if (!guest || guestIds.includes(guest.id)) continue;
    // Whom it is most like, and only that one: people who are alike come together.
    if (guestIds.length === 0 && (await needsNoCard(guest, partyId, arrivals))) return { hereId: guest.id };
    guestIds.push(guest.id);
  }
  const came = new Set((await arrivals.list(partyId)).map(({ guestId }) => guestId));
  return { guestIds: guestIds.filter((id) => !came.has(id)) };
}

async function needsNoCard(guest: Guest, partyId: string, arrivals: Services['arrivals']): Promise<boolean> {
  return (
    guest.livesHere === true ||
    isMutedAt(guest, partyId) ||
    (await arrivals.get(partyId, guest.id)) !== undefined
  );
}

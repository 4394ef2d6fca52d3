import type { PhotoFace } from '../guests/faces-in-photo.ts';
import { type Guest, isMutedAt } from '../guests/guests.ts';
import type { Services } from '../services.ts';
import { type UnknownFace, UnknownFaces, type UnknownPhoto } from './unknown-faces.ts';

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
 * Indexes an unknown face from its picture, of a party that is noted as one with such faces. Nothing stays of one that
 * is unusable. Whatever a sudden end leaves in the collection is deleted at the end of the party, or is nobody's, as
 * whatever is of a party that is gone, and swept.
 */
export async function indexFace(
  services: IndexServices,
  face: UnknownFace,
  picture: FacePicture,
): Promise<Indexed> {
  const own = await indexOnly(services, picture);
  if (!own) {
    await drop(services, face, picture);
    return 'unusable';
  }
  const like = await whomItIsLike(services, face, own.faceId);
  return 'unknownId' in like
    ? joinOther(services, face, { ...picture, ...own }, like.unknownId)
    : becomeKnown(services, face, { ...picture, ...own }, like);
}

/** @returns the face that the picture was cut out for, and nothing of others stays; undefined when it will not do */
async function indexOnly(
  { config, collection }: IndexServices,
  { photoId, key }: FacePicture,
): Promise<Pick<PhotoFace, 'faceId' | 'box'> | undefined> {
  const found = await collection.index({ bucket: config.BUCKET_NAME, key }, photoId);
  if ('reason' in found) return undefined;
  const own = inTheMiddle(found.faces);
  await collection.remove(found.faces.flatMap((one) => (one === own ? [] : [one.faceId])));
  return own && { faceId: own.faceId, box: own.box };
}

/** It is one that hosts are asked about already, seen in another way: it is known by this look, too. */
async function joinOther(
  services: IndexServices,
  face: UnknownFace,
  photo: UnknownPhoto,
  otherId: string,
): Promise<Indexed> {
  const { table, people } = services;
  const unknown = new UnknownFaces(table);
  const other = { ...face, id: otherId };
  const isThere = await unknown.addFace(other, photo.faceId);
  if (isThere) await people.assign(photo.faceId, { kind: 'unknown', id: otherId });
  // The end of the party may have come in between, as with one that becomes known.
  if (!isThere || !(await unknown.get(other))) await forgetFace(services, photo.faceId);
  await drop(services, face, photo);
  return 'known';
}

/** It is known as an unknown face, or as that of somebody of whom nobody need be asked. */
async function becomeKnown(
  services: IndexServices,
  face: UnknownFace,
  { photoId, key, faceId, box }: UnknownPhoto,
  like: Exclude<Alike, { unknownId: string }>,
): Promise<Indexed> {
  const { table, people } = services;
  const unknown = new UnknownFaces(table);
  const likeIds = 'hereId' in like ? [] : like.guestIds;
  const isThere = await unknown.indexed(face, { photoId, key, faceId, box }, likeIds);
  if (isThere) await people.assign(faceId, { kind: 'unknown', id: face.id });
  // Not as that guest's: they need no announcement, and whoever else is like it does.
  if (isThere && 'hereId' in like)
    await unknown.settle(face, { is: 'guest', guestId: like.hereId, by: 'recognition' });
  // The end of the party may have come in between, and have deleted what it found.
  if (isThere && (await unknown.get(face))) return 'hereId' in like ? 'known' : 'indexed';
  await forgetFace(services, faceId);
  await drop(services, face, { photoId, key });
  return 'gone';
}

async function forgetFace({ collection, people }: IndexServices, faceId: string): Promise<void> {
  await people.forget([faceId]);
  await collection.remove([faceId]);
}

async function drop(
  { table, storage }: IndexServices,
  face: UnknownFace,
  { key }: FacePicture,
): Promise<void> {
  await storage.delete(key);
  await new UnknownFaces(table).remove(face);
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

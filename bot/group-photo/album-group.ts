import { createHash } from 'node:crypto';
import { AlbumFaces } from '../../party/guests/album-faces.ts';
import { type AlbumFace, personOf } from '../../party/guests/album-people.ts';
import { alikeGuests, guestOf, nameFaces } from '../../party/guests/group-faces.ts';
import {
  type GroupMember,
  type GroupPhoto,
  GroupPhotos,
  nextUnnamed,
  numberOfPhoto,
  withMember,
} from '../../party/guests/group-photos.ts';
import type { Guest } from '../../party/guests/guests.ts';
import { keptAdvice } from '../../party/guests/photo-advice.ts';
import type { Services } from '../../party/services.ts';
import { askForPicture } from '../ask-for-picture.ts';
import type { BotContext } from '../context.ts';
import type { OfAlbum } from '../enrolment/album-report.ts';
import { askerOf } from '../enrolment/asker.ts';
import { replyTo } from '../reply-to.ts';
import { nameMember, showOrFinish } from './name-member.ts';
import { showGroup } from './show-group.ts';
import { withdrawAlbum } from './withdraw-album.ts';

/** Those who are to be named in an album. */
export interface AlbumPeople<Faces> {
  readonly faces: Faces;
  /** How many faces more there are, that will not do. */
  readonly unclear: number;
  /** Names that stood in the album, to be picked from. */
  readonly names: readonly string[];
}

/** Under which an album is named as if it were a photo: short enough for a button's data. */
const groupId = (albumId: string): string =>
  createHash('sha256').update(`album ${albumId}`).digest('base64url').slice(0, 22);

/** Whether the people of an album are being named. */
export async function isAlbumOpen(services: Services, ctx: BotContext, albumId: string): Promise<boolean> {
  return (await openGroupOf(services, ctx, albumId)) !== undefined;
}

/**
 * Begins to ask who is who in an album, as in a photo of several people. What a name that stood on it has done is taken
 * back, and what was asked about its photos is withdrawn.
 *
 * @param people each by their faces
 * @returns false when all of them have names
 */
export async function openAlbum(
  services: Services,
  ctx: BotContext,
  photo: OfAlbum,
  { faces: people, unclear, names }: AlbumPeople<ReadonlyArray<readonly AlbumFace[]>>,
): Promise<boolean> {
  const { table, now, guests } = services;
  const { albumId, messageId } = photo;
  const groups = new GroupPhotos(table, now);
  const namer = askerOf(ctx);
  const photoId = groupId(albumId);
  const undone = await withdrawAlbum(services, ctx, photo);
  const members = await Promise.all(people.map((faces) => memberOf(services, faces)));
  const { key } = people[0]![0]!;
  const seen = members.length + unclear;
  const opened: GroupPhoto = { photoId, key, messageId, albumId, members, seen, names };
  const current = nextUnnamed(opened);
  if (current === undefined) return false;
  const group = { ...opened, current };
  await groups.open(namer, group);
  await giveNewPhotos(services, group);
  const shown = showGroup(group, await guests.list());
  const { message_id: questionId } = await ctx.reply(shown.text, {
    ...replyTo(photo),
    reply_markup: shown.keyboard,
  });
  await groups.change(namer, photoId, (before) => ({ ...before, questionId }));
  await undone();
  await new AlbumFaces(table, now).setOfSeveral(albumId);
  await askForPicture(services, { job: 'group', ...namer, photoId });
  return true;
}

/** Adds whom another photo shows to an album whose people are being named; who has a name gets one photo more by it. */
export async function addToAlbum(
  services: Services,
  ctx: BotContext,
  { albumId }: OfAlbum,
  { faces, unclear, names }: AlbumPeople<readonly AlbumFace[]>,
): Promise<void> {
  const { table, now } = services;
  const namer = askerOf(ctx);
  const photoId = groupId(albumId);
  let isNew = false;
  const group = await new GroupPhotos(table, now).change(namer, photoId, (before) => {
    const added = faces.reduce(withFace, before);
    isNew = added !== before;
    const more = added.members.length - before.members.length + (isNew ? unclear : 0);
    return { ...added, seen: before.seen + more, names };
  });
  if (!group || !isNew) return;
  await giveNewPhotos(services, group);
  await showOrFinish(services, ctx, group);
  await askForPicture(services, { job: 'group', ...namer, photoId });
}

/** Offers a name that came late for those of an album who are being named, if they are. */
export async function offerName(
  services: Services,
  ctx: BotContext,
  albumId: string,
  name: string,
): Promise<void> {
  const groups = new GroupPhotos(services.table, services.now);
  const group = await groups.change(askerOf(ctx), groupId(albumId), (before) =>
    before.names.includes(name) ? undefined : { ...before, names: [...before.names, name] },
  );
  if (group) await showOrFinish(services, ctx, group);
}

/**
 * Gives the one person whom a photo of an album shows a name that was written under it later; in a photo of several, it
 * is offered for each.
 *
 * @returns false when that photo's people are not being named
 */
export async function nameInAlbum(
  services: Services,
  ctx: BotContext,
  { albumId, messageId }: OfAlbum,
  name: string,
): Promise<boolean> {
  const group = await openGroupOf(services, ctx, albumId);
  if (!group) return false;
  const number = numberOfPhoto(group, messageId);
  if (number === undefined) await offerName(services, ctx, albumId, name);
  else await nameMember(services, ctx, group.photoId, number, { name });
  return true;
}

/** The guests whose those people are already. */
export async function ownersOf(
  services: Services,
  people: ReadonlyArray<readonly AlbumFace[]>,
): Promise<Guest[]> {
  const found = await Promise.all(people.flat().map(({ faceId }) => guestOf(services, faceId)));
  return [...new Map(found.flatMap((guest) => (guest ? [[guest.id, guest] as const] : []))).values()];
}

const openGroupOf = (services: Services, ctx: BotContext, albumId: string) =>
  new GroupPhotos(services.table, services.now).get(askerOf(ctx), groupId(albumId));

/** Who has a name by one of the photos gets the others, too. Safe to repeat. */
async function giveNewPhotos(services: Services, { members }: GroupPhoto): Promise<void> {
  for (const { guestId, name = '', photos = [] } of members) {
    if (guestId === undefined) continue;
    const owners = await services.people.owners(photos.map(({ faceId }) => faceId));
    const others = photos.filter(({ faceId }) => !owners.has(faceId));
    if (others.length > 0) await nameFaces(services, others, { name, answer: { guestId } });
  }
}

/** Somebody of an album: the guest whose one of the photos is already, or whoever is to be named. */
async function memberOf(services: Services, photos: readonly AlbumFace[]): Promise<GroupMember> {
  const [owner] = await ownersOf(services, [photos]);
  const [first] = photos;
  const { faceId, box, advice } = first!;
  const member = { faceId, box, ...keptAdvice(advice), photos };
  if (owner) return { ...member, guestId: owner.id, name: owner.name };
  for (const photo of photos) {
    const [like] = await alikeGuests(services, photo.faceId);
    if (like) return { ...member, likeId: like.id };
  }
  return member;
}

/** The group with one face more. It is another photo of whom it is like, or somebody new, with the next number. */
function withFace(group: GroupPhoto, face: AlbumFace): GroupPhoto {
  const people = group.members.map(({ photos = [] }) => photos);
  if (people.flat().some(({ faceId }) => faceId === face.faceId)) return group;
  const index = personOf(face, people);
  const member = index === undefined ? undefined : group.members[index];
  if (index !== undefined && member)
    return withMember(group, index + 1, { ...member, photos: [...people[index]!, face] });
  const { faceId, box, advice, likeId } = face;
  const added = { faceId, box, ...keptAdvice(advice), ...(likeId && { likeId }), photos: [face] };
  return { ...group, members: [...group.members, added] };
}

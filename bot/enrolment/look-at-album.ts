import { AlbumFaces } from '../../party/guests/album-faces.ts';
import { type AlbumFace, peopleOf } from '../../party/guests/album-people.ts';
import { albumFaces, lookAtAlbumPhoto } from '../../party/guests/album-photo.ts';
import { contentId } from '../../party/guests/content-id.ts';
import type { Guest } from '../../party/guests/guests.ts';
import type { Services } from '../../party/services.ts';
import type { BotContext } from '../context.ts';
import { FileTooLargeError } from '../errors.ts';
import { addToAlbum, isAlbumOpen, openAlbum, ownersOf } from '../group-photo/album-group.ts';
import { download } from '../telegram-file.ts';
import { showTyping } from '../typing.ts';
import type { OfAlbum } from './album-report.ts';
import { albumStep } from './album-rule.ts';
import { Albums } from './albums.ts';
import type { Caption } from './caption.ts';
import type { FetchedPhoto } from './sent-photo.ts';

/** What came of comparing a photo of an album with the others. */
export type AlbumLook =
  /** The album is of several people, and whoever is in this photo is asked about with them. */
  | { readonly outcome: 'in group' }
  /** It is to be taken as any photo. @property guest whose it is: that person of the album has a name already */
  | { readonly outcome: 'by itself'; readonly fetched?: FetchedPhoto; readonly guest?: Guest };

/**
 * Looks whom a photo of an album shows. As long as all photos show one person, each is taken as any other; from the first
 * on that shows somebody else, the album's people are named one by one ({@link albumStep}).
 *
 * @param given the photo's file, if it is there already
 */
export async function lookAtAlbum(
  services: Services,
  ctx: BotContext,
  photo: OfAlbum,
  caption: Caption,
  given?: FetchedPhoto,
): Promise<AlbumLook> {
  const { table, now } = services;
  const { albumId, messageId } = photo;
  await showTyping(ctx);
  const bytes = given?.bytes ?? (await downloaded(ctx, photo));
  if (!bytes) return { outcome: 'by itself' };
  const photoId = contentId(bytes);
  const looked = await lookAtAlbumPhoto(services, { photoId, bytes });
  const fetched = { bytes, ...(looked && { found: looked.found }) };
  if (!looked || looked.faces.length === 0) return { outcome: 'by itself', fetched };

  const notes = new AlbumFaces(table, now);
  const isRepeated = (await notes.list(albumId)).some((one) => one.messageId === messageId);
  const faces = await albumFaces(services, { photoId, key: looked.key, messageId }, looked.faces);
  // First noted, then compared: of two that are handled at once, one sees the other.
  await notes.note(albumId, { messageId, faces, unclear: looked.unclear, names: namesIn(caption) });
  const photos = await notes.list(albumId);
  const { names } = await new Albums(table, now).get(albumId);
  const isOfSeveral = await notes.isOfSeveral(albumId);
  const everybody = await peopleThere(
    services,
    photos.flatMap((one) => one.faces),
  );
  const inThisPhoto = everybody.filter((person) => person.some((face) => face.messageId === messageId));
  const people = {
    faces: isOfSeveral ? inThisPhoto : everybody,
    unclear: isOfSeveral ? looked.unclear : photos.reduce((sum, { unclear }) => sum + unclear, 0),
    names: [...new Set([...names, ...photos.flatMap((one) => one.names)])],
  };
  const step = albumStep({
    isOfSeveral,
    isOpen: await isAlbumOpen(services, ctx, albumId),
    isRepeated,
    hasOwnName: caption.kind === 'name',
    names: names.length,
    people: everybody.length,
  });
  if (step === 'nothing') return { outcome: 'in group' };
  if (step === 'add') {
    await addToAlbum(services, ctx, photo, { ...people, faces });
    return { outcome: 'in group' };
  }
  if (step === 'take by itself') return { outcome: 'by itself', fetched };
  if (await openAlbum(services, ctx, photo, people)) return { outcome: 'in group' };
  const [only, another] = await ownersOf(services, inThisPhoto);
  return { outcome: 'by itself', fetched, ...(only && !another && { guest: only }) };
}

/** The people of an album. A face that was dropped meanwhile cannot be compared any more, and does not count. */
async function peopleThere(
  { collection }: Pick<Services, 'collection'>,
  faces: readonly AlbumFace[],
): Promise<AlbumFace[][]> {
  const people = peopleOf(faces);
  if (people.length < 2) return people;
  const there = new Set((await collection.faces()).map(({ faceId }) => faceId));
  return peopleOf(faces.filter(({ faceId }) => there.has(faceId)));
}

function namesIn(caption: Caption): readonly string[] {
  if (caption.kind === 'name') return [caption.name];
  return caption.kind === 'several' ? caption.names : [];
}

/** @returns undefined when Telegram gives it to nobody: it is too large */
async function downloaded(ctx: BotContext, { file }: OfAlbum): Promise<Uint8Array | undefined> {
  try {
    return await download(ctx.api, file);
  } catch (error) {
    if (error instanceof FileTooLargeError) return undefined;
    throw error;
  }
}

import type { Message } from 'grammy/types';
import type { Services } from '../../party/services.ts';
import type { BotContext } from '../context.ts';
import { replyTo } from '../reply-to.ts';
import { Albums } from './albums.ts';
import { askNext } from './ask-whose.ts';
import { askerOf } from './asker.ts';
import { type Caption, readCaption } from './caption.ts';
import { enrolmentText as text } from './enrolment.text.ts';
import { offeredBy } from './offered-names.ts';
import { SaidNames } from './said-name.ts';
import type { FetchedPhoto, SentPhoto } from './sent-photo.ts';
import { lookAtPhoto, takePhoto } from './take-photo.ts';
import { WaitingPhotos } from './waiting-photos.ts';
import { nameWaiting } from './whose-photos.ts';

/** What only albums need: the webhook, which every update waits for, should not start with it. */
const lookingAtAlbum = () => import('./look-at-album.ts');
const albumGroup = () => import('../group-photo/album-group.ts');

/**
 * Takes in a photo that somebody sent. Its name may stand on it, on another photo of its album that came before or is
 * still to come, or in the text before it; without any, it is looked at, waits, and is asked about.
 *
 * @param fetched the photo's file, if it is there already
 */
export async function receivePhoto(
  services: Services,
  ctx: BotContext & { readonly message: Message },
  photo: SentPhoto,
  fetched?: FetchedPhoto,
): Promise<void> {
  if (!(await keepPhoto(services, ctx, photo, fetched))) return;
  const asked = await askNext(services, ctx);
  if (asked?.messageId === photo.messageId) return;
  const { albumId } = photo;
  // An album's photos are asked about together.
  const isAsked = albumId !== undefined && asked?.albumId === albumId;
  if (
    !isAsked &&
    (albumId === undefined || (await new Albums(services.table, services.now).firstAnswer(albumId)))
  )
    await ctx.reply(albumId === undefined ? text.askedLater : text.album.askedLater, replyTo(photo));
}

/**
 * The same, without a question: what was said with the photo is answered first.
 *
 * @returns whether the photo waits for a name
 */
export async function keepPhoto(
  services: Services,
  ctx: BotContext & { readonly message: Message },
  photo: SentPhoto,
  fetched?: FetchedPhoto,
): Promise<boolean> {
  const { table, now } = services;
  const said = new SaidNames(table, now);
  const asker = askerOf(ctx);
  const caption = readCaption(ctx.message.caption);
  const written = caption.kind === 'name' ? caption.name : undefined;
  if (written !== undefined) await said.forget(asker);
  const name =
    written ??
    (await albumName(services, photo)) ??
    (caption.kind === 'none' ? await said.take(asker, ctx.message) : undefined);
  if (photo.albumId === undefined) return keepLooked(services, ctx, photo, caption, name, fetched);

  const ofAlbum = { ...photo, albumId: photo.albumId };
  // Before it is looked for what waits: see below.
  if (name !== undefined) await new Albums(table, now).addName(ofAlbum.albumId, name);
  const { lookAtAlbum } = await lookingAtAlbum();
  const looked = await lookAtAlbum(services, ctx, ofAlbum, caption, fetched);
  if (looked.outcome === 'in group') return false;
  const { guest } = looked;
  if (!guest) return keepLooked(services, ctx, photo, caption, name, looked.fetched);
  await takePhoto(services, ctx, photo, { name: guest.name, answer: { guestId: guest.id } }, looked.fetched);
  return false;
}

async function keepLooked(
  services: Services,
  ctx: BotContext & { readonly message: Message },
  photo: SentPhoto,
  caption: Caption,
  name: string | undefined,
  fetched: FetchedPhoto | undefined,
): Promise<boolean> {
  if (name === undefined) return keepNameless(services, ctx, photo, caption, fetched);
  await takeNamed(services, ctx, photo, name, fetched);
  return false;
}

async function keepNameless(
  services: Services,
  ctx: BotContext & { readonly message: Message },
  photo: SentPhoto,
  caption: Caption,
  fetched: FetchedPhoto | undefined,
): Promise<boolean> {
  const waiting = new WaitingPhotos(services.table, services.now);
  // It came once more, and is asked about already.
  if (await waiting.get(askerOf(ctx), photo.messageId)) return true;
  const names = caption.kind === 'several' ? caption.names : [];
  const like = await lookAtPhoto(services, ctx, photo, names, fetched);
  if (!like) return false;
  const likeIds = like.map(({ id }) => id);
  const kept = { ...photo, ...(caption.kind !== 'name' && offeredBy(caption)), likeIds };
  await waiting.add(askerOf(ctx), kept);
  // The name may have come meanwhile, on another photo of the album: that one did not see this one waiting yet.
  const late = await albumName(services, photo);
  if (late === undefined) return true;
  await nameWaiting(services, ctx, [kept], { name: late });
  return false;
}

/** Hears the name of an album that stands on something else in it, such as a film: its photos have it, too. */
export async function hearAlbumName(
  services: Services,
  ctx: BotContext & { readonly message: Message },
): Promise<void> {
  const { table, now } = services;
  const caption = readCaption(ctx.message.caption);
  const { media_group_id: albumId } = ctx.message;
  if (albumId === undefined || caption.kind !== 'name') return;
  await new Albums(table, now).addName(albumId, caption.name);
  const { offerName } = await albumGroup();
  await offerName(services, ctx, albumId, caption.name);
  const waiting = await new WaitingPhotos(table, now).list(askerOf(ctx));
  const ofAlbum = waiting.filter((one) => one.albumId === albumId);
  await nameWaiting(services, ctx, ofAlbum, caption);
}

/** What waited of the same album, or is this very photo, gets the name as well. */
export async function takeNamed(
  services: Services,
  ctx: BotContext,
  photo: SentPhoto,
  name: string,
  fetched?: FetchedPhoto,
): Promise<void> {
  const { table, now } = services;
  const { albumId, file } = photo;
  // Before it is looked for what waits: see above.
  const albums = new Albums(table, now);
  if (albumId) await albums.addName(albumId, name);
  const guestId = albumId && (await albums.get(albumId)).guestId;
  await takePhoto(services, ctx, photo, { name, ...(guestId && { answer: { guestId } }) }, fetched);
  const waiting = await new WaitingPhotos(table, now).list(askerOf(ctx));
  const same = waiting.filter((one) => one.file.uniqueId === file.uniqueId);
  const ofAlbum = waiting.filter((one) => one.albumId && one.albumId === albumId && !same.includes(one));
  await nameWaiting(services, ctx, ofAlbum, { name }, same);
}

async function albumName({ table, now }: Services, { albumId }: SentPhoto): Promise<string | undefined> {
  return albumId === undefined ? undefined : (await new Albums(table, now).get(albumId)).name;
}

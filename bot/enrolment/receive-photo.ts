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
import type { SentPhoto } from './sent-photo.ts';
import { lookAtPhoto, takePhoto } from './take-photo.ts';
import { WaitingPhotos } from './waiting-photos.ts';
import { nameWaiting } from './whose-photos.ts';

/**
 * Takes in a photo that somebody sent. Its name may stand on it, on another photo of its album that came before or is
 * still to come, or in the text before it; without any, it is looked at, waits, and is asked about.
 *
 * @param bytes the photo's file, if it is there already
 */
export async function receivePhoto(
  services: Services,
  ctx: BotContext & { readonly message: Message },
  photo: SentPhoto,
  bytes?: Uint8Array,
): Promise<void> {
  if (!(await keepPhoto(services, ctx, photo, bytes))) return;
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
  bytes?: Uint8Array,
): Promise<boolean> {
  const { table, now } = services;
  const said = new SaidNames(table, now);
  const asker = askerOf(ctx);
  const caption = readCaption(ctx.message.caption);
  if (caption.kind === 'name') {
    await said.forget(asker);
    await takeNamed(services, ctx, photo, caption.name, bytes);
    return false;
  }
  const name =
    (await albumName(services, photo)) ??
    (caption.kind === 'none' ? await said.take(asker, ctx.message) : undefined);
  if (name !== undefined) {
    await takeNamed(services, ctx, photo, name, bytes);
    return false;
  }
  return keepNameless(services, ctx, photo, caption, bytes);
}

async function keepNameless(
  services: Services,
  ctx: BotContext & { readonly message: Message },
  photo: SentPhoto,
  caption: Exclude<Caption, { kind: 'name' }>,
  bytes: Uint8Array | undefined,
): Promise<boolean> {
  const waiting = new WaitingPhotos(services.table, services.now);
  // It came once more, and is asked about already.
  if (await waiting.get(askerOf(ctx), photo.messageId)) return true;
  const names = caption.kind === 'several' ? caption.names : [];
  const like = await lookAtPhoto(services, ctx, photo, names, bytes);
  if (!like) return false;
  const likeIds = like.map(({ id }) => id);
  const kept = { ...photo, ...offeredBy(caption), likeIds };
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
  bytes?: Uint8Array,
): Promise<void> {
  const { table, now } = services;
  const { albumId, file } = photo;
  // Before it is looked for what waits: see above.
  const albums = new Albums(table, now);
  if (albumId) await albums.addName(albumId, name);
  const guestId = albumId && (await albums.get(albumId)).guestId;
  await takePhoto(services, ctx, photo, { name, ...(guestId && { answer: { guestId } }) }, bytes);
  const waiting = await new WaitingPhotos(table, now).list(askerOf(ctx));
  const same = waiting.filter((one) => one.file.uniqueId === file.uniqueId);
  const ofAlbum = waiting.filter((one) => one.albumId && one.albumId === albumId && !same.includes(one));
  await nameWaiting(services, ctx, ofAlbum, { name }, same);
}

async function albumName({ table, now }: Services, { albumId }: SentPhoto): Promise<string | undefined> {
  return albumId === undefined ? undefined : (await new Albums(table, now).get(albumId)).name;
}

import type { Message } from 'grammy/types';
import type { Services } from '../../party/services.ts';
import type { BotContext } from '../context.ts';
import { Albums } from './albums.ts';
import { askerOf } from './asker.ts';
import { SaidNames } from './said-name.ts';
import { nameIn, type SentPhoto } from './sent-photo.ts';
import { takePhoto } from './take-photo.ts';
import { WaitingPhotos } from './waiting-photos.ts';
import { askNext, nameWaiting, wrongName } from './whose-photos.ts';

/**
 * Takes in a photo that somebody sent. Its name may stand on it, on another photo of its album that came before or is
 * still to come, or in the text before it; without any, it waits, and is asked about.
 *
 * @param bytes the photo's file, if it is there already
 */
export async function receivePhoto(
  services: Services,
  ctx: BotContext & { readonly message: Message },
  photo: SentPhoto,
  bytes?: Uint8Array,
): Promise<void> {
  const { table, now } = services;
  const said = new SaidNames(table, now);
  const asker = askerOf(ctx);
  const caption = nameIn(ctx.message);
  if (caption && 'name' in caption) {
    await said.forget(asker);
    return takeNamed(services, ctx, photo, caption.name, bytes);
  }
  const ofAlbum = await albumName(services, photo);
  const name = ofAlbum ?? (await said.take(asker, ctx.message));
  if (name !== undefined) return takeNamed(services, ctx, photo, name, bytes);

  const waiting = new WaitingPhotos(table, now);
  await waiting.add(asker, photo);
  // The name may have come meanwhile, on another photo of the album: that one did not see this one waiting yet.
  const late = await albumName(services, photo);
  if (late !== undefined) return nameWaiting(services, ctx, [photo], late);
  await askNext(services, ctx, caption && wrongName(caption));
}

/** Hears the name of an album that stands on something else in it, such as a film: its photos have it, too. */
export async function hearAlbumName(
  services: Services,
  ctx: BotContext & { readonly message: Message },
): Promise<void> {
  const { table, now } = services;
  const caption = nameIn(ctx.message);
  const { media_group_id: albumId } = ctx.message;
  if (albumId === undefined || !caption || !('name' in caption)) return;
  await new Albums(table, now).addName(albumId, caption.name);
  const waiting = await new WaitingPhotos(table, now).list(askerOf(ctx));
  const ofAlbum = waiting.filter((one) => one.albumId === albumId);
  await nameWaiting(services, ctx, ofAlbum, caption.name);
}

/** What waited of the same album, or is this very photo, gets the name as well. */
async function takeNamed(
  services: Services,
  ctx: BotContext,
  photo: SentPhoto,
  name: string,
  bytes: Uint8Array | undefined,
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
  await nameWaiting(services, ctx, ofAlbum, name, same);
}

async function albumName({ table, now }: Services, { albumId }: SentPhoto): Promise<string | undefined> {
  return albumId === undefined ? undefined : (await new Albums(table, now).get(albumId)).name;
}

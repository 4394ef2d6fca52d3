import { Composer, InputFile } from 'grammy';
import { dropPhoto, restorePhoto } from '../../party/guests/drop-photo.ts';
import type { Guest, Photo } from '../../party/guests/guests.ts';
import { movePhoto } from '../../party/guests/move-photo.ts';
import type { Services } from '../../party/services.ts';
import { acknowledge, overwrite } from '../buttons.ts';
import { onPress } from '../callback-data.ts';
import type { BotContext } from '../context.ts';
import {
  dropPhotoButton,
  guestPhotosButton,
  keepPhotoButton,
  movePhotoButton,
  photoActions,
  photoOwners,
  photoOwnersButton,
  restorePhotoButton,
  undo,
} from '../guests/buttons.ts';
import { guestsText as text } from '../guests/guests.text.ts';

/** More would be a wall of pictures; what is dropped makes place for the next. */
const mostShown = 10;

/** The photos of a guest: each is shown, dropped, or given to whoever it shows. */
export function guestPhotos(services: Services): Composer<BotContext> {
  const { guests, storage } = services;
  const composer = new Composer<BotContext>();

  composer.use(
    onPress(guestPhotosButton, async (ctx, { guestId }) => {
      const [guest, photos] = await Promise.all([guests.get(guestId), guests.photos(guestId)]);
      if (!guest || photos.length === 0) return acknowledge(ctx, text.gone);
      await acknowledge(ctx);
      await ctx.replyWithChatAction('upload_photo');
      for (const [index, photo] of photos.slice(0, mostShown).entries())
        await show(ctx, guest, photo, index + 1, photos.length);
    }),
  );

  async function show(
    ctx: BotContext,
    { id, name }: Guest,
    photo: Photo,
    index: number,
    all: number,
  ): Promise<void> {
    const keyboard = photoActions(id, photo.photoId);
    const bytes = await storage.find(photo.key);
    if (!bytes) {
      await ctx.reply(text.photoLost(name, index), { reply_markup: keyboard });
      return;
    }
    await ctx.replyWithPhoto(new InputFile(bytes, 'photo.jpg'), {
      caption: text.photoOf(name, index, all),
      reply_markup: keyboard,
    });
  }

  composer.use(
    onPress(dropPhotoButton, async (ctx, place) => {
      const dropped = await dropPhoto(services, place);
      if (dropped.outcome === 'gone') return acknowledge(ctx, text.gone);
      await acknowledge(ctx);
      await overwrite(
        ctx,
        text.dropped(dropped.guest.name, dropped.photos),
        undo(restorePhotoButton.write(place)),
      );
    }),
  );

  composer.use(
    onPress(restorePhotoButton, async (ctx, place) => {
      const restored = await restorePhoto(services, place);
      if (restored.outcome === 'gone') return acknowledge(ctx, text.gone);
      await acknowledge(ctx);
      const { guestId, photoId } = place;
      await overwrite(
        ctx,
        text.photoBack(restored.guest.name, restored.photos),
        photoActions(guestId, photoId),
      );
    }),
  );

  composer.use(
    onPress(photoOwnersButton, async (ctx, { guestId, photoId, page }) => {
      await acknowledge(ctx);
      await overwrite(ctx, text.whoInstead, photoOwners(await guests.list(), { guestId, photoId }, page));
    }),
  );

  composer.use(
    onPress(keepPhotoButton, async (ctx, { guestId, photoId }) => {
      const [guest, photos] = await Promise.all([guests.get(guestId), guests.photos(guestId)]);
      const index = photos.findIndex((photo) => photo.photoId === photoId);
      if (!guest || index < 0) return acknowledge(ctx, text.gone);
      await acknowledge(ctx);
      await overwrite(
        ctx,
        text.photoOf(guest.name, index + 1, photos.length),
        photoActions(guestId, photoId),
      );
    }),
  );

  composer.use(
    onPress(movePhotoButton, async (ctx, { guestId, photoId, toId }) => {
      const from = await guests.get(guestId);
      const moved = await movePhoto(services, { guestId, photoId }, toId);
      if (moved.outcome === 'gone') return acknowledge(ctx, text.gone);
      if (moved.outcome === 'taken') return acknowledge(ctx, text.taken(moved.guest.name));
      await acknowledge(ctx);
      const left = (await guests.photos(guestId)).length;
      const told = text.moved(moved.guest.name, from?.name ?? '', from ? left : 1);
      const back = movePhotoButton.write({ guestId: toId, photoId, toId: guestId });
      await overwrite(ctx, told, from && undo(back));
    }),
  );

  return composer;
}

import { Composer, type InlineKeyboard } from 'grammy';
import { dropPhoto, restorePhoto } from '../../party/guests/drop-photo.ts';
import { movePhoto } from '../../party/guests/move-photo.ts';
import type { Services } from '../../party/services.ts';
import { acknowledge, expire, overwrite } from '../buttons.ts';
import { onPress, type Press } from '../callback-data.ts';
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
import { showGone } from '../guests/gone-guest.ts';
import { guestsText as text } from '../guests/guests.text.ts';
import {
  sheetOwnersButton,
  sheetPhotoActions,
  sheetPhotoButton,
  sheetPhotoOwners,
  toSheet,
} from '../guests/photo-sheet.ts';

/**
 * The photos of a guest: shown on one contact sheet, dropped, or given to whoever each shows. The sheet is a message's
 * picture, made by the pictures Lambda a moment after the press; what is done by its numbers is said under it.
 */
export function guestPhotos(services: Services): Composer<BotContext> {
  const { guests, pictures } = services;
  const composer = new Composer<BotContext>();

  composer.use(
    onPress(guestPhotosButton, async (ctx, { guestId }) => {
      const [guest, photos] = await Promise.all([guests.get(guestId), guests.photos(guestId)]);
      if (!guest || photos.length === 0) return showGone(services, ctx, guestId);
      await acknowledge(ctx);
      const messageId = isSheet(ctx)
        ? ctx.msg.message_id
        : (await ctx.reply(text.photosComing(guest.name, photos.length))).message_id;
      await pictures.ask({ job: 'contact-sheet', chatId: ctx.msg!.chat.id, messageId, guestId });
    }),
  );

  composer.use(
    onPress(sheetPhotoButton, async (ctx, place) => {
      const guest = await withPhoto(place);
      if (!guest) return showGone(services, ctx, place.guestId);
      await acknowledge(ctx);
      await overwrite(ctx, text.photoNumber(guest.name, place.number), sheetPhotoActions(place));
    }),
  );

  composer.use(
    onPress(sheetOwnersButton, async (ctx, { page, ...place }) => {
      await acknowledge(ctx);
      await overwrite(
        ctx,
        text.whoInNumber(place.number),
        sheetPhotoOwners(await guests.list(), place, page),
      );
    }),
  );

  composer.use(
    onPress(dropPhotoButton, async (ctx, place) => {
      const dropped = await dropPhoto(services, place);
      if (dropped.outcome === 'gone') return showGone(services, ctx, place.guestId);
      await acknowledge(ctx);
      const back = undo(restorePhotoButton.write(place));
      const { guest, photos } = dropped;
      await overwrite(ctx, text.dropped(guest.name, photos), await withSheets(ctx, back, [guest.id]));
    }),
  );

  composer.use(
    onPress(restorePhotoButton, async (ctx, place) => {
      const restored = await restorePhoto(services, place);
      if (restored.outcome === 'gone') return expire(ctx, text.gone);
      await acknowledge(ctx);
      const { guestId, photoId } = place;
      const keyboard = isSheet(ctx) ? toSheet({ id: guestId }) : photoActions(guestId, photoId);
      await overwrite(ctx, text.photoBack(restored.guest.name, restored.photos), keyboard);
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
      if (!guest || index < 0) return showGone(services, ctx, guestId);
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
      if (moved.outcome === 'gone') return showGone(services, ctx, guestId);
      if (moved.outcome === 'taken') return acknowledge(ctx, text.taken(moved.guest.name));
      await acknowledge(ctx);
      const left = (await guests.photos(guestId)).length;
      const told = text.moved(moved.guest.name, from?.name ?? '', from ? left : 1);
      const back = movePhotoButton.write({ guestId: toId, photoId, toId: guestId });
      await overwrite(ctx, told, from && (await withSheets(ctx, undo(back), [guestId, toId])));
    }),
  );

  /** Under a sheet, the way to what it shows by now: a button for each of these guests who has a photo. */
  async function withSheets(
    ctx: Press,
    keyboard: InlineKeyboard,
    guestIds: readonly string[],
  ): Promise<InlineKeyboard> {
    if (!isSheet(ctx)) return keyboard;
    for (const id of guestIds) {
      const [guest, photos] = await Promise.all([guests.get(id), guests.photos(id)]);
      if (guest && photos.length > 0) keyboard.append(toSheet(guestIds.length > 1 ? guest : { id }));
    }
    return keyboard;
  }

  async function withPhoto({ guestId, photoId }: { readonly guestId: string; readonly photoId: string }) {
    const [guest, photos] = await Promise.all([guests.get(guestId), guests.photos(guestId)]);
    return photos.some((photo) => photo.photoId === photoId) ? guest : undefined;
  }

  return composer;
}

/** Whether the message with the button shows a picture: it is a sheet, or the single photo of a former one. */
const isSheet = (ctx: Press): ctx is Press & { readonly msg: { readonly message_id: number } } =>
  ctx.msg !== undefined && 'photo' in ctx.msg;

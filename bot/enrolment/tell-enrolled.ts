import { GrammyError, InlineKeyboard } from 'grammy';
import type { Guest } from '../../party/guests/guests.ts';
import type { Services } from '../../party/services.ts';
import type { BotContext } from '../context.ts';
import { replyTo } from '../reply-to.ts';
import { chooseSongButton } from '../songs/buttons.ts';
import { Albums } from './albums.ts';
import { enrolmentText as text } from './enrolment.text.ts';
import type { SentPhoto } from './sent-photo.ts';

/**
 * Tells that a photo is a guest's now, and offers the songs to one who has none. A guest's photos of one album are
 * told of in one message, which changes as they come.
 */
export async function tellEnrolled(
  services: Services,
  ctx: BotContext,
  photo: SentPhoto,
  guest: Guest,
  photos: number,
): Promise<void> {
  const { songs } = services;
  const song = guest.songId === undefined ? undefined : await songs.get(guest.songId);
  const told = text.enrolled(guest.name, photos, song !== undefined);
  const choosable = song === undefined && (await songs.list()).length > 0;
  const keyboard = choosable
    ? {
        reply_markup: new InlineKeyboard().text(
          text.chooseSong,
          chooseSongButton.write({ guestId: guest.id }),
        ),
      }
    : {};
  const albums = new Albums(services.table, services.now);
  const before = photo.albumId && (await albums.told(photo.albumId, guest.id));
  if (before && (await changed(ctx, before, told, keyboard))) return;
  const { message_id } = await ctx.reply(told, { ...replyTo(photo), ...keyboard });
  if (photo.albumId) await albums.setTold(photo.albumId, guest.id, message_id);
}

/** @returns false when that message is no longer there */
async function changed(
  ctx: BotContext,
  messageId: number,
  told: string,
  keyboard: { reply_markup?: InlineKeyboard },
): Promise<boolean> {
  try {
    await ctx.api.editMessageText(ctx.chatId!, messageId, told, keyboard);
    return true;
  } catch (error) {
    if (error instanceof GrammyError && error.error_code === 400) return false;
    throw error;
  }
}

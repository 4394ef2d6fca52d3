import type { InlineKeyboard } from 'grammy';
import { contentId } from '../../party/guests/content-id.ts';
import { correctName, type NameCorrection } from '../../party/guests/correct-name.ts';
import type { Services } from '../../party/services.ts';
import type { BotContext } from '../context.ts';
import { FileTooLargeError } from '../errors.ts';
import { nameInAlbum } from '../group-photo/album-group.ts';
import { movePhotoButton, nameBackButton, undo } from '../guests/buttons.ts';
import { guestsText } from '../guests/guests.text.ts';
import { replyTo } from '../reply-to.ts';
import { download } from '../telegram-file.ts';
import { askerOf } from './asker.ts';
import { readCaption } from './caption.ts';
import { enrolmentText } from './enrolment.text.ts';
import { PhotoQuestions } from './questions.ts';
import { takeNamed } from './receive-photo.ts';
import type { SentPhoto } from './sent-photo.ts';
import { takePhoto } from './take-photo.ts';
import { WaitingPhotos } from './waiting-photos.ts';
import { answerWith } from './whose-photos.ts';

/**
 * The caption of a photo was changed: the name that was missing is there now, or another one in place of a wrong one.
 * What is no plain name changes nothing, and neither does a change of anything else.
 */
export async function editedCaption(services: Services, ctx: BotContext, photo: SentPhoto): Promise<void> {
  const { table, now } = services;
  const caption = readCaption(ctx.editedMessage?.caption);
  if (caption.kind !== 'name') return;
  const { name } = caption;
  const asker = askerOf(ctx);
  const waiting = await new WaitingPhotos(table, now).get(asker, photo.messageId);
  if (waiting) return answerWith(services, ctx, waiting, { name });
  const question = await new PhotoQuestions(table, now).get(asker, photo.file.uniqueId);
  if (question) {
    await takePhoto(services, ctx, photo, { name });
    return;
  }
  const bytes = await fetched(ctx, photo);
  if (bytes && (await corrected(services, ctx, photo, contentId(bytes), name))) return;
  const { albumId } = photo;
  if (albumId !== undefined && (await nameInAlbum(services, ctx, { ...photo, albumId }, name))) return;
  await takeNamed(services, ctx, photo, name, bytes && { bytes });
}

/** @returns undefined when Telegram gives it to nobody: it is too large */
async function fetched(ctx: BotContext, { file }: SentPhoto): Promise<Uint8Array | undefined> {
  try {
    return await download(ctx.api, file);
  } catch (error) {
    if (error instanceof FileTooLargeError) return undefined;
    throw error;
  }
}

/** The name of a photo that was taken in already is put right. @returns false when there is nothing to put right */
async function corrected(
  services: Services,
  ctx: BotContext,
  photo: SentPhoto,
  photoId: string,
  name: string,
): Promise<boolean> {
  const correction = await correctName(services, photoId, name);
  if (correction.outcome === 'nobody’s') return false;
  if (correction.outcome === 'same') return true;
  const { told, keyboard } = inWords(correction, photoId, name);
  await ctx.reply(told, { ...replyTo(photo), ...(keyboard && { reply_markup: keyboard }) });
  return true;
}

function inWords(
  correction: Exclude<NameCorrection, { outcome: 'nobody’s' | 'same' }>,
  photoId: string,
  name: string,
): { readonly told: string; readonly keyboard?: InlineKeyboard } {
  switch (correction.outcome) {
    case 'several':
      return { told: enrolmentText.nameTaken(name) };
    case 'renamed': {
      const { guest, before } = correction;
      const back = nameBackButton.write({ guestId: guest.id });
      return { told: guestsText.renamed(before, guest.name), keyboard: undo(back) };
    }
    case 'moved': {
      const { guest, from, left } = correction;
      const back = movePhotoButton.write({ guestId: guest.id, photoId, toId: from.id });
      return { told: guestsText.moved(guest.name, from.name, left), keyboard: undo(back) };
    }
  }
}

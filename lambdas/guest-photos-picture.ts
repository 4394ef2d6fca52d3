import { type Api, GrammyError, InputFile } from 'grammy';
import { guestsText as text } from '../bot/guests/guests.text.ts';
import { type PhotoSheet, photoSheet } from '../bot/guests/photo-sheet.ts';
import { writeOver } from '../bot/write-over.ts';
import { confusions } from '../party/guests/gallery.ts';
import type { Photo } from '../party/guests/guests.ts';
import type { Services } from '../party/services.ts';
import type { PictureJobOf } from '../party/stores/pictures-function.ts';
import { drawContactSheet } from './drawing/contact-sheet.ts';

type SheetServices = Pick<Services, 'guests' | 'storage'>;

/**
 * All photos of a guest on one sheet, with their numbers, into the message that waits for it. Safe to repeat. A photo may
 * come or go while it is drawn: then it is drawn once more, so that what is shown last is how things are.
 */
export async function showGuestPhotos(
  services: SheetServices,
  api: Api,
  { chatId, messageId, guestId }: PictureJobOf<'contact-sheet'>,
): Promise<void> {
  let drawn: string | undefined;
  for (;;) {
    const found = await findSheet(services, guestId);
    if (!found) return writeOver(api, { chatId, messageId }, text.gone);
    const { sheet, files } = found;
    if (drawn === idsOf(sheet)) return;
    const faces = sheet.photos.map((photo) => ({ file: files.get(photo), box: photo.box }));
    const media = {
      type: 'photo',
      media: new InputFile(await drawContactSheet(faces), 'photos.jpg'),
      caption: sheet.text,
    } as const;
    try {
      await api.editMessageMedia(chatId, messageId, media, { reply_markup: sheet.keyboard });
    } catch (error) {
      // The message is gone.
      if (error instanceof GrammyError && error.error_code === 400) return;
      throw error;
    }
    drawn = idsOf(sheet);
  }
}

const idsOf = ({ photos }: PhotoSheet): string => photos.map(({ photoId }) => photoId).join();

/** @returns undefined when there is nothing (any more) to be shown */
async function findSheet({ guests, storage }: SheetServices, guestId: string) {
  const [guest, photos] = await Promise.all([guests.get(guestId), guests.photos(guestId)]);
  if (!guest || photos.length === 0) return undefined;
  const files = new Map<Photo, Uint8Array>();
  const { photos: shown } = photoSheet(guest, photos);
  for (const photo of shown) {
    const file = await storage.find(photo.key);
    if (file) files.set(photo, file);
  }
  const lost = new Set(shown.filter((photo) => !files.has(photo)));
  const alike = (await confusions({ guests })).flatMap(({ guests: both, blame }) => {
    const other = both.find(({ id }) => id !== guestId);
    return blame?.guestId === guestId && other ? [{ photoId: blame.photoId, name: other.name }] : [];
  });
  return { sheet: photoSheet(guest, photos, { lost, alike }), files };
}

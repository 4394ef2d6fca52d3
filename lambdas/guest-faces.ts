import { questionPictureText } from '../bot/enrolment/question-picture.text.ts';
import type { Guest } from '../party/guests/guests.ts';
import type { Services } from '../party/services.ts';
import type { SheetFace } from './drawing/contact-sheet.ts';

/** A face of each guest, for a sheet: the first photo's. */
export async function guestFaces(
  { guests, storage }: Pick<Services, 'guests' | 'storage'>,
  those: ReadonlyArray<Pick<Guest, 'id'>>,
): Promise<SheetFace[]> {
  const faces: SheetFace[] = [];
  for (const { id } of those) {
    const [photo] = await guests.photos(id);
    faces.push(
      photo
        ? { file: await storage.find(photo.key), box: photo.box }
        : { file: undefined, label: questionPictureText.noPhoto },
    );
  }
  return faces;
}

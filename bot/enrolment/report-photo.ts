import { InlineKeyboard } from 'grammy';
import { namesakes } from '../../party/guests/guests.ts';
import type { Services } from '../../party/services.ts';
import type { BotContext } from '../context.ts';
import { dropPhotoButton, movePhotoButton, photoOwnersButton } from '../guests/buttons.ts';
import { replyTo } from '../reply-to.ts';
import { enrolmentText as text } from './enrolment.text.ts';
import { hasSong, type PhotoResult, songKeyboard } from './photo-result.ts';
import type { SentPhoto } from './sent-photo.ts';

/** What only albums need: the webhook, which every update waits for, should not start with it. */
const albumReport = () => import('./album-report.ts');

/** Tells what came of a photo. Those of one album are told of in one message, which changes as they come. */
export async function reportPhoto(
  services: Services,
  ctx: BotContext,
  photo: SentPhoto,
  result: PhotoResult,
): Promise<void> {
  if (photo.albumId !== undefined)
    return (await albumReport()).reportAlbumPhoto(
      services,
      ctx,
      { ...photo, albumId: photo.albumId },
      result,
    );
  const guest = result.outcome === 'enrolled' ? result.guest : undefined;
  const keyboard = await keyboardOf(services, result);
  const wantsSong = guest !== undefined && !(await hasSong(services, guest));
  await ctx.reply(lines(result, wantsSong).join('\n'), {
    ...replyTo(photo),
    ...(keyboard && { reply_markup: keyboard }),
  });
}

/** What can be done about it. */
async function keyboardOf(services: Services, result: PhotoResult): Promise<InlineKeyboard | undefined> {
  if (result.outcome === 'enrolled') return afterEnrolment(services, result);
  if (result.outcome !== 'known' || result.sameName) return undefined;
  const { guest, photoId, said } = result;
  const [meant, another] = namesakes(said, await services.guests.list());
  if (!meant || another) return undefined;
  const move = movePhotoButton.write({ guestId: guest.id, photoId, toId: meant.id });
  return new InlineKeyboard().text(text.notTheOther(meant.name, guest.name), move);
}

/** A song to pick, and what mends a mistake with the name. */
async function afterEnrolment(
  services: Services,
  { guest, photoId }: Extract<PhotoResult, { outcome: 'enrolled' }>,
): Promise<InlineKeyboard> {
  const keyboard = (await songKeyboard(services, guest)) ?? new InlineKeyboard();
  const place = { guestId: guest.id, photoId };
  keyboard.row().text(text.undo, dropPhotoButton.write(place));
  const others = (await services.guests.list()).length > 1;
  return others ? keyboard.text(text.someoneElse, photoOwnersButton.write({ ...place, page: 0 })) : keyboard;
}

function lines(result: PhotoResult, wantsSong: boolean): string[] {
  switch (result.outcome) {
    case 'enrolled': {
      const { guest, photos, advice } = result;
      const song = wantsSong ? [text.wantSong(guest.name)] : [];
      return [text.enrolled(guest.name, photos), ...text.advice(advice), ...song];
    }
    case 'known': {
      const { guest, said, sameName } = result;
      return [sameName ? text.knownAlready(guest.name) : text.knownAs(said, guest.name)];
    }
    case 'refused':
      return [text.refused(result.refusal)];
  }
}

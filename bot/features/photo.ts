import { Composer } from 'grammy';
import type { Services } from '../../party/services.ts';
import { acknowledge, overwrite } from '../buttons.ts';
import { onPress, type Press } from '../callback-data.ts';
import type { BotContext } from '../context.ts';
import { askNameId } from '../conversations/ask-name.ts';
import { Albums } from '../enrolment/albums.ts';
import { otherGuestButton, sameGuestButton } from '../enrolment/buttons.ts';
import { enrolmentText } from '../enrolment/enrolment.text.ts';
import { type PhotoQuestion, PhotoQuestions } from '../enrolment/questions.ts';
import { nameIn, photoIn } from '../enrolment/sent-photo.ts';
import { takePhoto } from '../enrolment/take-photo.ts';

/**
 * A photo makes a guest: the caption is the name. In private chats only: a photo in a group is for the people there.
 */
export function photo(services: Services): Composer<BotContext> {
  const composer = new Composer<BotContext>();
  const albums = new Albums(services.table, services.now);
  const questions = new PhotoQuestions(services.table, services.now);
  const inPrivate = composer.chatType('private');

  inPrivate.on(['message:photo', 'message:document'], async (ctx, next) => {
    const sent = photoIn(ctx.message);
    if (!sent) return ctx.message.document?.mime_type?.startsWith('image/') ? notJpeg(ctx) : next();
    const caption = nameIn(ctx.message);
    const ofAlbum = sent.albumId && (await albums.get(sent.albumId));
    if (caption && 'name' in caption) {
      if (sent.albumId) await albums.setName(sent.albumId, caption.name);
      return takePhoto(services, ctx, sent, { name: caption.name });
    }
    if (ofAlbum) return takePhoto(services, ctx, sent, { name: ofAlbum.name });
    return ctx.conversation.enter(askNameId, sent, caption);
  });

  inPrivate.use(onPress(sameGuestButton, (ctx, { photoId }) => answer(ctx, photoId, ({ sameId }) => sameId)));
  inPrivate.use(
    onPress(otherGuestButton, (ctx, { photoId }) => answer(ctx, photoId, ({ otherId }) => otherId)),
  );

  /** @param chosen the guest that the button stands for; undefined for somebody new */
  async function answer(
    ctx: Press,
    photoId: string,
    chosen: (question: PhotoQuestion) => string | undefined,
  ): Promise<void> {
    const asker = { chatId: ctx.chatId!, userId: ctx.from.id };
    const question = await questions.get(asker, photoId);
    if (!question) return acknowledge(ctx, enrolmentText.questionGone);
    await acknowledge(ctx);
    const guestId = chosen(question);
    const guest = guestId === undefined ? undefined : await services.guests.get(guestId);
    const name = guest?.name ?? question.name;
    await overwrite(ctx, enrolmentText.understood(name));
    await takePhoto(services, ctx, question, { name, answer: guest ? { guestId: guest.id } : 'newcomer' });
    await questions.answered(asker, photoId);
  }

  return composer;
}

const notJpeg = (ctx: BotContext): Promise<unknown> => ctx.reply(enrolmentText.notJpeg);

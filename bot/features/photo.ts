import { Composer } from 'grammy';
import type { Services } from '../../party/services.ts';
import { acknowledge, overwrite } from '../buttons.ts';
import { onPress, type Press } from '../callback-data.ts';
import type { BotContext } from '../context.ts';
import { Albums } from '../enrolment/albums.ts';
import { askerOf } from '../enrolment/asker.ts';
import { otherGuestButton, sameGuestButton } from '../enrolment/buttons.ts';
import { enrolmentText } from '../enrolment/enrolment.text.ts';
import { type PhotoQuestion, PhotoQuestions } from '../enrolment/questions.ts';
import { hearAlbumName, receivePhoto } from '../enrolment/receive-photo.ts';
import { photoIn } from '../enrolment/sent-photo.ts';
import { takePhoto } from '../enrolment/take-photo.ts';
import { answerWhose } from '../enrolment/whose-photos.ts';
import { withdraw } from '../enrolment/withdraw.ts';

/**
 * A photo makes a guest: the caption is the name, or the answer to who it is. In private chats only: a photo in a group
 * is for the people there.
 */
export function photo(services: Services): Composer<BotContext> {
  const composer = new Composer<BotContext>();
  const questions = new PhotoQuestions(services.table, services.now);
  const inPrivate = composer.chatType('private');

  inPrivate.on('message:photo', (ctx) => receivePhoto(services, ctx, photoIn(ctx.message)!));

  inPrivate.on('message:video', async (ctx, next) => {
    await hearAlbumName(services, ctx);
    await next();
  });

  inPrivate.on('message:text', async (ctx, next) => {
    const isAnswer = !ctx.message.text.startsWith('/') && (await answerWhose(services, ctx));
    if (!isAnswer) await next();
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
    const asker = askerOf(ctx);
    const question = await questions.get(asker, photoId);
    if (!question) return acknowledge(ctx, enrolmentText.questionGone);
    await acknowledge(ctx);
    const guestId = chosen(question);
    const guest = guestId === undefined ? undefined : await services.guests.get(guestId);
    const name = guest?.name ?? question.name;
    await overwrite(ctx, enrolmentText.understood(name));
    const alike = await questions.alike(asker, question);
    const said = { name, answer: guest ? { guestId: guest.id } : ('newcomer' as const) };
    const whose = await takePhoto(services, ctx, question, said);
    await questions.answered(asker, photoId);
    if (whose && question.albumId) await answerAlike(ctx, question.albumId, alike, whose);
  }

  /** An album is one guest's: whose it is was asked about each photo, and answered about one. */
  async function answerAlike(
    ctx: Press,
    albumId: string,
    alike: readonly PhotoQuestion[],
    { id: guestId, name }: { readonly id: string; readonly name: string },
  ): Promise<void> {
    await new Albums(services.table, services.now).setGuest(albumId, guestId);
    for (const question of alike) {
      await withdraw(ctx, question.questionId, enrolmentText.understood(name));
      await takePhoto(services, ctx, question, { name, answer: { guestId } });
      await questions.answered(askerOf(ctx), question.file.uniqueId);
    }
  }

  return composer;
}

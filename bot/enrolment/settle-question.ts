import type { Services } from '../../party/services.ts';
import { acknowledge } from '../buttons.ts';
import type { Press } from '../callback-data.ts';
import { Albums } from './albums.ts';
import { askNext } from './ask-whose.ts';
import { askerOf } from './asker.ts';
import { enrolmentText as text } from './enrolment.text.ts';
import { type PhotoQuestion, PhotoQuestions } from './questions.ts';
import { takePhoto } from './take-photo.ts';
import { WaitingPhotos } from './waiting-photos.ts';
import { withdraw, withdrawButtons } from './withdraw.ts';

/**
 * Answers whether a photo is one guest's or another's.
 *
 * @param chosen the guest that the button stands for; undefined for somebody new of the name that was given
 */
export async function settleQuestion(
  services: Services,
  ctx: Press,
  photoId: string,
  chosen: (question: PhotoQuestion) => string | undefined,
): Promise<void> {
  const { table, now, guests } = services;
  const questions = new PhotoQuestions(table, now);
  const asker = askerOf(ctx);
  const question = await questions.get(asker, photoId);
  if (!question) return settled(ctx);
  const guestId = chosen(question);
  const guest = guestId === undefined ? undefined : await guests.get(guestId);
  const name = guest?.name ?? question.name;
  // The name may have become somebody's since it was asked; and nobody gets it twice.
  if (!guest && (await guests.named(name)).length > 0) return someoneElse(services, ctx, photoId);
  const alike = await questions.alike(asker, question);
  if (!(await questions.answered(asker, photoId))) return settled(ctx);
  await acknowledge(ctx);
  await withdraw(ctx, ctx.callbackQuery.message?.message_id, text.understood(name));
  if (question.albumId) await new Albums(table, now).setAnswered(question.albumId);
  const said = { name, answer: guest ? { guestId: guest.id } : ('newcomer' as const) };
  const whose = await orAskAgain(services, ctx, question, () => takePhoto(services, ctx, question, said));
  if (!whose || question.albumId === undefined) return;
  // An album is one guest's: whose it is was asked about each photo, and answered about one.
  await new Albums(table, now).setGuest(question.albumId, whose);
  for (const one of alike) {
    if (!(await questions.answered(asker, one.file.uniqueId))) continue;
    await withdraw(ctx, one.questionId, text.understood(whose.name));
    await takePhoto(services, ctx, one, { name: whose.name, answer: { guestId: whose.id } });
  }
}

/** It is neither of the two: who it is, is asked, and the name must be one that no guest has. */
export async function someoneElse(services: Services, ctx: Press, photoId: string): Promise<void> {
  const { table, now } = services;
  const questions = new PhotoQuestions(table, now);
  const asker = askerOf(ctx);
  const question = await questions.get(asker, photoId);
  const alike = question ? await questions.alike(asker, question) : [];
  if (!question || !(await questions.answered(asker, photoId))) return settled(ctx);
  await acknowledge(ctx);
  await withdraw(ctx, ctx.callbackQuery.message?.message_id, text.someoneElse);
  const waiting = new WaitingPhotos(table, now);
  const asks = text.whoElse(question.name);
  for (const { file, messageId, albumId, questionId } of [question, ...alike]) {
    if (file.uniqueId !== photoId) {
      if (!(await questions.answered(asker, file.uniqueId))) continue;
      await withdraw(ctx, questionId, text.someoneElse);
    }
    await waiting.add(asker, { file, messageId, ...(albumId && { albumId }), asks, isNewcomer: true });
  }
  await askNext(services, ctx);
}

/** What could not be done can be answered once more. */
async function orAskAgain<Done>(
  { table, now }: Services,
  ctx: Press,
  question: PhotoQuestion,
  take: () => Promise<Done>,
): Promise<Done> {
  try {
    return await take();
  } catch (error) {
    const { file, messageId, albumId } = question;
    const photo = { file, messageId, ...(albumId && { albumId }) };
    await new WaitingPhotos(table, now).add(askerOf(ctx), photo);
    throw error;
  }
}

async function settled(ctx: Press): Promise<void> {
  await acknowledge(ctx, text.questionGone);
  await withdrawButtons(ctx, ctx.callbackQuery.message?.message_id);
}

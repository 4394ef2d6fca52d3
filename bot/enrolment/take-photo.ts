import { InlineKeyboard } from 'grammy';
import { type Attribution, type Enrolment, enrolPhoto } from '../../party/guests/enrol-photo.ts';
import type { Guest } from '../../party/guests/guests.ts';
import type { Services } from '../../party/services.ts';
import type { BotContext } from '../context.ts';
import { FileTooLargeError } from '../errors.ts';
import { replyTo } from '../reply-to.ts';
import { download } from '../telegram-file.ts';
import { askerOf } from './asker.ts';
import { otherGuestButton, sameGuestButton } from './buttons.ts';
import { enrolmentText as text } from './enrolment.text.ts';
import { PhotoQuestions } from './questions.ts';
import type { SentPhoto } from './sent-photo.ts';
import { tellEnrolled } from './tell-enrolled.ts';
import { withdraw } from './withdraw.ts';

/**
 * Enrols a photo that came with a name, and tells what came of it. A question about it that was still open is withdrawn.
 *
 * @param bytes the photo's file, if it is there already
 * @returns whose it is now; undefined when it is nobody's (yet)
 */
export async function takePhoto(
  services: Services,
  ctx: BotContext,
  photo: SentPhoto,
  said: Attribution,
  bytes?: Uint8Array,
): Promise<Guest | undefined> {
  await ctx.replyWithChatAction('typing');
  if (!said.answer) await withdrawQuestion(services, ctx, photo, said.name);
  const enrolment = await tryPhoto(services, ctx, photo, said, bytes);
  switch (enrolment.outcome) {
    case 'enrolled':
      await tellEnrolled(services, ctx, photo, enrolment.guest, enrolment.photos);
      return enrolment.guest;
    case 'known': {
      const { guest, sameName } = enrolment;
      await answer(
        ctx,
        photo,
        sameName ? text.knownAlready(guest.name) : text.knownAs(said.name, guest.name),
      );
      return guest;
    }
    case 'refused':
      await answer(ctx, photo, text.refused(said.name, enrolment.refusal));
      return undefined;
    case 'asked':
      await ask(services, ctx, photo, said.name, enrolment.question);
      return undefined;
  }
}

async function tryPhoto(
  services: Services,
  ctx: BotContext,
  { file }: SentPhoto,
  said: Attribution,
  bytes: Uint8Array | undefined,
): Promise<Enrolment> {
  try {
    const photo = { photoId: file.uniqueId, bytes: bytes ?? (await download(ctx.api, file)) };
    return await enrolPhoto(services, photo, said);
  } catch (error) {
    // Telegram gives bots no larger files; Rekognition's own limit is below that.
    if (error instanceof FileTooLargeError)
      return { outcome: 'refused', refusal: { reason: 'picture too large' } };
    throw error;
  }
}

async function withdrawQuestion(
  { table, now }: Services,
  ctx: BotContext,
  { file }: SentPhoto,
  name: string,
): Promise<void> {
  const questions = new PhotoQuestions(table, now);
  const asker = askerOf(ctx);
  const open = await questions.get(asker, file.uniqueId);
  if (!open) return;
  await questions.answered(asker, file.uniqueId);
  await withdraw(ctx, open.questionId, text.understood(name));
}

/** Asks whose the photo is, and keeps it until a button is pressed. */
async function ask(
  { table, now }: Services,
  ctx: BotContext,
  photo: SentPhoto,
  name: string,
  question: Extract<Enrolment, { outcome: 'asked' }>['question'],
): Promise<void> {
  const { same } = question;
  const like = question.why === 'looks like another';
  const other = like ? question.other : undefined;
  const questions = new PhotoQuestions(table, now);
  const asker = askerOf(ctx);
  const photoId = photo.file.uniqueId;
  await questions.ask(asker, { ...photo, name, sameId: same.id, ...(other && { otherId: other.id }) });
  const keyboard = new InlineKeyboard()
    .text(like ? text.itIs(same.name) : text.sameOne(name), sameGuestButton.write({ photoId }))
    .row()
    .text(like ? text.somebodyElse(name) : text.anotherOne(name), otherGuestButton.write({ photoId }));
  const { message_id } = await ctx.reply(like ? text.looksLike(name, same.name) : text.looksDifferent(name), {
    ...replyTo(photo),
    reply_markup: keyboard,
  });
  await questions.asked(asker, photoId, message_id);
}

async function answer(ctx: BotContext, photo: SentPhoto, told: string): Promise<void> {
  await ctx.reply(told, replyTo(photo));
}

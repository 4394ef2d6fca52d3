import { InlineKeyboard } from 'grammy';
import { type Attribution, type Enrolment, enrolPhoto } from '../../party/guests/enrol-photo.ts';
import type { Services } from '../../party/services.ts';
import type { BotContext } from '../context.ts';
import { FileTooLargeError } from '../errors.ts';
import { replyTo } from '../reply-to.ts';
import { download } from '../telegram-file.ts';
import { otherGuestButton, sameGuestButton } from './buttons.ts';
import { enrolmentText as text } from './enrolment.text.ts';
import { PhotoQuestions } from './questions.ts';
import type { SentPhoto } from './sent-photo.ts';
import { tellEnrolled } from './tell-enrolled.ts';

/** Enrols a photo that came with a name, and tells what came of it. */
export async function takePhoto(
  services: Services,
  ctx: BotContext,
  photo: SentPhoto,
  said: Attribution,
): Promise<void> {
  await ctx.replyWithChatAction('typing');
  const enrolment = await tryPhoto(services, ctx, photo, said);
  switch (enrolment.outcome) {
    case 'enrolled':
      return tellEnrolled(services, ctx, photo, enrolment.guest, enrolment.photos);
    case 'known': {
      const { guest, sameName } = enrolment;
      return answer(
        ctx,
        photo,
        sameName ? text.knownAlready(guest.name) : text.knownAs(said.name, guest.name),
      );
    }
    case 'refused':
      return answer(ctx, photo, text.refused(said.name, enrolment.refusal));
    case 'asked':
      return ask(services, ctx, photo, said.name, enrolment.question);
  }
}

async function tryPhoto(
  services: Services,
  ctx: BotContext,
  { file }: SentPhoto,
  said: Attribution,
): Promise<Enrolment> {
  try {
    const bytes = await download(ctx.api, file);
    const { uniqueId: photoId, contentType } = file;
    return await enrolPhoto(services, { photoId, bytes, contentType }, said);
  } catch (error) {
    // Telegram gives bots no larger files; Rekognition's own limit is below that.
    if (error instanceof FileTooLargeError)
      return { outcome: 'refused', refusal: { reason: 'picture too large' } };
    throw error;
  }
}

/** Asks whose the photo is, and keeps it until a button is pressed. */
async function ask(
  { table, now }: Services,
  ctx: BotContext,
  { file, messageId }: SentPhoto,
  name: string,
  question: Extract<Enrolment, { outcome: 'asked' }>['question'],
): Promise<void> {
  const { same } = question;
  const other = question.why === 'looks like another' ? question.other : undefined;
  await new PhotoQuestions(table, now).ask(
    { chatId: ctx.chatId!, userId: ctx.from!.id },
    { file, name, messageId, sameId: same.id, ...(other && { otherId: other.id }) },
  );
  const like = question.why === 'looks like another';
  const photoId = file.uniqueId;
  const keyboard = new InlineKeyboard()
    .text(like ? text.itIs(same.name) : text.sameOne(name), sameGuestButton.write({ photoId }))
    .row()
    .text(like ? text.somebodyElse(name) : text.anotherOne(name), otherGuestButton.write({ photoId }));
  await ctx.reply(like ? text.looksLike(name, same.name) : text.looksDifferent(name), {
    ...replyTo({ messageId }),
    reply_markup: keyboard,
  });
}

async function answer(ctx: BotContext, photo: SentPhoto, told: string): Promise<void> {
  await ctx.reply(told, replyTo(photo));
}

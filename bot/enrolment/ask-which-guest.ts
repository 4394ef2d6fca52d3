import { InlineKeyboard } from 'grammy';
import type { Enrolment } from '../../party/guests/enrolment.ts';
import type { Services } from '../../party/services.ts';
import { askForPicture } from '../ask-for-picture.ts';
import type { BotContext } from '../context.ts';
import { replyTo } from '../reply-to.ts';
import { askerOf } from './asker.ts';
import { otherGuestButton, sameGuestButton, someoneElseButton } from './buttons.ts';
import { enrolmentText as text } from './enrolment.text.ts';
import { type PhotoQuestion, PhotoQuestions } from './questions.ts';
import type { SentPhoto } from './sent-photo.ts';
import { withdraw } from './withdraw.ts';

/**
 * Asks whose a photo is, when name and face do not agree, and keeps it until a button is pressed. What both look like
 * comes into the question a moment later.
 */
export async function askWhichGuest(
  { table, now, ...services }: Services,
  ctx: BotContext,
  photo: SentPhoto,
  name: string,
  { question: { same, ...question }, face }: Extract<Enrolment, { outcome: 'asked' }>,
): Promise<void> {
  const like = question.why === 'looks like another';
  const other = like && 'other' in question ? question.other : undefined;
  const questions = new PhotoQuestions(table, now);
  const asker = askerOf(ctx);
  const photoId = photo.file.uniqueId;
  const open: PhotoQuestion = {
    ...photo,
    name,
    sameId: same.id,
    ...(other && { otherId: other.id }),
    box: face.box,
    asked: like ? text.looksLike(same.name) : text.looksDifferent(name),
  };
  await questions.ask(asker, open);
  const { message_id } = await ctx.reply(open.asked!, {
    ...replyTo(photo),
    reply_markup: questionKeyboard(open, same.name),
  });
  await questions.asked(asker, photoId, message_id);
  await askForPicture(services, { job: 'look-alike', ...asker, photoId });
}

/**
 * The answers to such a question. When a guest of that very name looks different, nobody else can have just that name.
 */
export function questionKeyboard(
  { file: { uniqueId: photoId }, name, otherId, asked }: PhotoQuestion,
  sameName: string,
): InlineKeyboard {
  const isDifferent = asked === text.looksDifferent(name);
  const keyboard = new InlineKeyboard().text(
    isDifferent ? text.sameOne(sameName) : text.itIs(sameName),
    sameGuestButton.write({ photoId }),
  );
  if (otherId !== undefined || !isDifferent)
    keyboard.text(text.itIs(name), otherGuestButton.write({ photoId }));
  return keyboard.row().text(text.someoneElse, someoneElseButton.write({ photoId }));
}

/** Takes back the question about a photo that was answered in another way. */
export async function withdrawQuestion(
  { table, now }: Services,
  ctx: BotContext,
  { file }: SentPhoto,
  name: string,
): Promise<void> {
  const questions = new PhotoQuestions(table, now);
  const asker = askerOf(ctx);
  const open = await questions.get(asker, file.uniqueId);
  if (!open || !(await questions.answered(asker, file.uniqueId))) return;
  await withdraw(ctx, open.questionId, text.understood(name));
}

import type { Message } from 'grammy/types';
import type { Services } from '../../party/services.ts';
import type { BotContext } from '../context.ts';
import { maxNameLength, type NameReading, readName } from '../names.ts';
import { replyTo } from '../reply-to.ts';
import { Albums } from './albums.ts';
import { askerOf } from './asker.ts';
import { enrolmentText as text } from './enrolment.text.ts';
import { SaidNames } from './said-name.ts';
import { takePhoto } from './take-photo.ts';
import { type WaitingPhoto, WaitingPhotos } from './waiting-photos.ts';
import { withdraw } from './withdraw.ts';

/**
 * Asks about the photo that has waited longest, unless one is asked about already.
 *
 * @param problem what is wrong with the name that it came with; it begins the question
 */
export async function askNext({ table, now }: Services, ctx: BotContext, problem?: string): Promise<void> {
  const asker = askerOf(ctx);
  const photos = new WaitingPhotos(table, now);
  const waiting = await photos.list(asker);
  const [next] = waiting;
  if (!next || waiting.some(({ questionId }) => questionId !== undefined)) return;
  const { message_id } = await ctx.reply(problem ?? text.who, replyTo(next));
  await photos.asked(asker, next, message_id);
}

/**
 * Reads a text as the answer to such a question: that of the photo or question to which it replies, or else the one that
 * is open. The photos of one album are one guest's.
 *
 * @returns false when nothing is asked
 */
export async function answerWhose(
  services: Services,
  ctx: BotContext & { readonly message: Message },
): Promise<boolean> {
  const waiting = await new WaitingPhotos(services.table, services.now).list(askerOf(ctx));
  const repliedTo = ctx.message.reply_to_message?.message_id;
  const asked =
    waiting.find(({ messageId, questionId }) => [messageId, questionId].includes(repliedTo)) ??
    waiting.find(({ questionId }) => questionId !== undefined) ??
    waiting[0];
  if (!asked) return false;
  const reading = readName(ctx.message.text ?? '');
  if (!('name' in reading)) {
    await ctx.reply(wrongName(reading), replyTo(asked));
    return true;
  }
  const named = waiting.filter((one) => one === asked || (one.albumId && one.albumId === asked.albumId));
  if (asked.albumId) await new Albums(services.table, services.now).addName(asked.albumId, reading.name);
  await nameWaiting(services, ctx, named, reading.name);
  return true;
}

/**
 * Gives waiting photos the name that they waited for, and asks about the next one.
 *
 * @param copies the same photos as one that has been taken already: they wait no longer
 */
export async function nameWaiting(
  services: Services,
  ctx: BotContext,
  photos: readonly WaitingPhoto[],
  name: string,
  copies: readonly WaitingPhoto[] = [],
): Promise<void> {
  const waiting = new WaitingPhotos(services.table, services.now);
  const asker = askerOf(ctx);
  for (const photo of [...photos, ...copies]) {
    if (!(await waiting.take(asker, photo))) continue;
    await withdraw(ctx, photo.questionId, text.understood(name));
    if (copies.includes(photo)) continue;
    try {
      await takePhoto(services, ctx, photo, { name });
    } catch (error) {
      // Its name can be said once more.
      await waiting.add(asker, photo);
      throw error;
    }
  }
  await askNext(services, ctx);
}

/** Lets go of all photos that wait, and of a name that was said for the next. @returns how many photos there were */
export async function forgetWaiting({ table, now }: Services, ctx: BotContext): Promise<number> {
  const waiting = new WaitingPhotos(table, now);
  const asker = askerOf(ctx);
  await new SaidNames(table, now).forget(asker);
  const photos = await waiting.list(asker);
  for (const photo of photos) {
    await waiting.take(asker, photo);
    await withdraw(ctx, photo.questionId, text.notAskedAnyMore);
  }
  return photos.length;
}

/** What is wrong with a name. */
export function wrongName(reading: Exclude<NameReading, { name: string }>): string {
  return reading.problem === 'blank' ? text.blank : text.tooLong(reading.length, maxNameLength);
}

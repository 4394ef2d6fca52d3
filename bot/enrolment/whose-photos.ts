import type { Message } from 'grammy/types';
import type { Attribution } from '../../party/guests/whose-photo.ts';
import type { Services } from '../../party/services.ts';
import type { BotContext } from '../context.ts';
import { repliesTo, replyTo } from '../reply-to.ts';
import { Albums } from './albums.ts';
import { askNext, askWhose } from './ask-whose.ts';
import { askerOf } from './asker.ts';
import { type Caption, readCaption } from './caption.ts';
import { enrolmentText as text } from './enrolment.text.ts';
import { offeredBy } from './offered-names.ts';
import { PhotoQuestions } from './questions.ts';
import { SaidNames } from './said-name.ts';
import { takePhoto } from './take-photo.ts';
import { type WaitingPhoto, WaitingPhotos } from './waiting-photos.ts';
import { withdraw } from './withdraw.ts';

/**
 * Reads a text as the answer to who is in a photo: the photo or question to which it replies, or else the one that is
 * open. The photos of one album are one guest's. What is no plain name is asked about, and never becomes one by itself.
 *
 * @returns false when nothing is asked
 */
export async function answerWhose(
  services: Services,
  ctx: BotContext & { readonly message: Message },
): Promise<boolean> {
  const { table, now } = services;
  const said = readCaption(ctx.message.text);
  const waiting = await new WaitingPhotos(table, now).list(askerOf(ctx));
  const asked =
    waiting.find((one) => repliesTo(ctx.message, one)) ??
    waiting.find(({ questionId }) => questionId !== undefined) ??
    waiting[0];
  if (!asked) return false;
  if (said.kind === 'name') await answerWith(services, ctx, asked, { name: said.name });
  else await askAgain(services, ctx, asked, said);
  return true;
}

/** A reply with a name to the question whether it is one guest or the other: it is neither, or just that one. */
export async function answerQuestion(
  services: Services,
  ctx: BotContext & { readonly message: Message },
): Promise<boolean> {
  const repliedTo = ctx.message.reply_to_message?.message_id;
  const said = readCaption(ctx.message.text);
  if (repliedTo === undefined || said.kind !== 'name') return false;
  const question = await new PhotoQuestions(services.table, services.now).askedBy(askerOf(ctx), repliedTo);
  if (!question) return false;
  await takePhoto(services, ctx, question, { name: said.name });
  return true;
}

/**
 * Gives a waiting photo, and what waits of its album, to whom it was said to be. Somebody who is no guest yet needs a
 * name that no guest has.
 */
export async function answerWith(
  services: Services,
  ctx: BotContext,
  asked: WaitingPhoto,
  said: Attribution,
): Promise<void> {
  const { table, now, guests } = services;
  if (asked.isNewcomer && !said.answer && (await guests.named(said.name)).length > 0) {
    await ctx.reply(text.nameTaken(said.name), replyTo(asked));
    return;
  }
  const waiting = await new WaitingPhotos(table, now).list(askerOf(ctx));
  const named = waiting.filter(
    (one) => one.messageId === asked.messageId || (one.albumId && one.albumId === asked.albumId),
  );
  const albums = new Albums(table, now);
  if (asked.albumId) await albums.setAnswered(asked.albumId);
  if (asked.albumId && !asked.isNewcomer) await albums.addName(asked.albumId, said.name);
  await nameWaiting(services, ctx, named, said);
}

async function askAgain(
  services: Services,
  ctx: BotContext,
  asked: WaitingPhoto,
  said: Exclude<Caption, { kind: 'name' }>,
): Promise<void> {
  const { offered: _former, ...photo } = asked;
  const changed = { ...photo, ...offeredBy(said) };
  await new WaitingPhotos(services.table, services.now).add(askerOf(ctx), changed);
  await askWhose(services, ctx, changed);
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
  said: Attribution,
  copies: readonly WaitingPhoto[] = [],
): Promise<void> {
  const waiting = new WaitingPhotos(services.table, services.now);
  const asker = askerOf(ctx);
  let answer = said.answer;
  for (const photo of [...photos, ...copies]) {
    if (!(await waiting.take(asker, photo))) continue;
    await withdraw(ctx, photo.questionId, text.understood(said.name));
    if (copies.includes(photo)) continue;
    const whose = answer ?? (photo.isNewcomer ? 'newcomer' : undefined);
    try {
      const guest = await takePhoto(services, ctx, photo, {
        name: said.name,
        ...(whose && { answer: whose }),
      });
      // The rest of an album is the same newcomer's.
      if (guest && whose === 'newcomer') {
        answer = { guestId: guest.id };
        if (photo.albumId) await new Albums(services.table, services.now).setGuest(photo.albumId, guest);
      }
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

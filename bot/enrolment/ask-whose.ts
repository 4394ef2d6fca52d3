import { InlineKeyboard } from 'grammy';
import { distinctNames, type Guest } from '../../party/guests/guests.ts';
import type { Services } from '../../party/services.ts';
import type { BotContext } from '../context.ts';
import { replyTo } from '../reply-to.ts';
import { askerOf } from './asker.ts';
import { pickGuestButton, pickNameButton } from './buttons.ts';
import { enrolmentText as text } from './enrolment.text.ts';
import { type WaitingPhoto, WaitingPhotos } from './waiting-photos.ts';
import { withdrawButtons } from './withdraw.ts';

/** As many guests are offered: more are found faster by writing. */
const mostOffered = 4;

/**
 * Asks about the photo that has waited longest, unless one is asked about already.
 *
 * @returns the photo that is asked about, now or before; undefined when none waits
 */
export async function askNext(services: Services, ctx: BotContext): Promise<WaitingPhoto | undefined> {
  const waiting = await new WaitingPhotos(services.table, services.now).list(askerOf(ctx));
  const asked = waiting.find(({ questionId }) => questionId !== undefined);
  const [next] = waiting;
  if (asked || !next) return asked;
  await askWhose(services, ctx, next);
  return next;
}

/** Asks whose a photo is, with the names that it may be. A question about it that is open loses its buttons. */
export async function askWhose(services: Services, ctx: BotContext, photo: WaitingPhoto): Promise<void> {
  const { table, now, guests } = services;
  await withdrawButtons(ctx, photo.questionId);
  const everybody = await guests.list();
  const picks = photo.isNewcomer ? [] : guestsToPick(everybody, photo.likeIds);
  const [best] = photo.likeIds?.length ? picks : [];
  const names = distinctNames(everybody);
  const asks =
    photo.asks ?? (best ? text.whoLike(names.get(best.id)!) : picks.length > 0 ? text.whoOrPick : text.who);
  const keyboard = new InlineKeyboard();
  const { messageId } = photo;
  for (const [index, name] of (photo.offered ?? []).entries())
    keyboard.text(name, pickNameButton.write({ messageId, index })).row();
  for (const [index, { id: guestId }] of (photo.offered ? [] : picks).entries()) {
    keyboard.text(names.get(guestId)!, pickGuestButton.write({ messageId, guestId }));
    if (index % 2 === 1) keyboard.row();
  }
  const { message_id } = await ctx.reply(asks, {
    ...replyTo(photo),
    ...(keyboard.inline_keyboard.flat().length > 0 && { reply_markup: keyboard }),
  });
  await new WaitingPhotos(table, now).asked(askerOf(ctx), photo, message_id);
}

/** Those whom a face is like, best first, and then those who were added last. */
export function guestsToPick(everybody: readonly Guest[], likeIds: readonly string[] = []): Guest[] {
  const like = likeIds.flatMap((id) => everybody.find((guest) => guest.id === id) ?? []);
  const recent = [...everybody]
    .sort((a, b) => b.addedAt - a.addedAt)
    .filter((guest) => !like.includes(guest));
  return [...like, ...recent].slice(0, mostOffered);
}

import type { Services } from '../../party/services.ts';
import { acknowledge } from '../buttons.ts';
import type { Press } from '../callback-data.ts';
import { askerOf } from './asker.ts';
import { enrolmentText as text } from './enrolment.text.ts';
import { type WaitingPhoto, WaitingPhotos } from './waiting-photos.ts';
import { answerWith } from './whose-photos.ts';
import { withdrawButtons } from './withdraw.ts';

/** A guest was picked for a photo that waits. */
export async function pickGuest(
  services: Services,
  ctx: Press,
  { messageId, guestId }: { readonly messageId: number; readonly guestId: string },
): Promise<void> {
  const guest = await services.guests.get(guestId);
  const photo = guest && (await stillWaiting(services, ctx, messageId));
  if (!guest || !photo) return settled(ctx);
  await acknowledge(ctx);
  const namesakes = await services.guests.named(guest.name);
  // Whom the face is like is that guest; of anybody else it is looked at whether it may be.
  const isSure = namesakes.length > 1 || photo.likeIds?.includes(guestId);
  await answerWith(services, ctx, photo, { name: guest.name, ...(isSure && { answer: { guestId } }) });
}

/** One of the names under a photo was picked. */
export async function pickName(
  services: Services,
  ctx: Press,
  { messageId, index }: { readonly messageId: number; readonly index: number },
): Promise<void> {
  const photo = await stillWaiting(services, ctx, messageId);
  const name = photo?.offered?.[index];
  if (!photo || name === undefined) return settled(ctx);
  await acknowledge(ctx);
  await answerWith(services, ctx, photo, { name });
}

const stillWaiting = (
  { table, now }: Services,
  ctx: Press,
  messageId: number,
): Promise<WaitingPhoto | undefined> => new WaitingPhotos(table, now).get(askerOf(ctx), messageId);

/** The question under which that was pressed is answered: its buttons are of no use any more. */
async function settled(ctx: Press): Promise<void> {
  await acknowledge(ctx, text.questionGone);
  await withdrawButtons(ctx, ctx.callbackQuery.message?.message_id);
}

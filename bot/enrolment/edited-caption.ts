import type { Services } from '../../party/services.ts';
import type { BotContext } from '../context.ts';
import { askerOf } from './asker.ts';
import { readCaption } from './caption.ts';
import { PhotoQuestions } from './questions.ts';
import { takeNamed } from './receive-photo.ts';
import type { SentPhoto } from './sent-photo.ts';
import { takePhoto } from './take-photo.ts';
import { WaitingPhotos } from './waiting-photos.ts';
import { answerWith } from './whose-photos.ts';

/**
 * The caption of a photo was changed: the name that was missing is there now, or another one in place of a wrong one. What
 * is no plain name changes nothing, and neither does a change of anything else.
 */
export async function editedCaption(services: Services, ctx: BotContext, photo: SentPhoto): Promise<void> {
  const { table, now } = services;
  const caption = readCaption(ctx.editedMessage?.caption);
  if (caption.kind !== 'name') return;
  const { name } = caption;
  const asker = askerOf(ctx);
  const waiting = await new WaitingPhotos(table, now).get(asker, photo.messageId);
  if (waiting) return answerWith(services, ctx, waiting, { name });
  const question = await new PhotoQuestions(table, now).get(asker, photo.file.uniqueId);
  if (question) {
    await takePhoto(services, ctx, photo, { name });
    return;
  }
  await takeNamed(services, ctx, photo, name);
}

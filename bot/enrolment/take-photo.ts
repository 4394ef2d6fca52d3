import { contentId } from '../../party/guests/content-id.ts';
import { enrolPhoto } from '../../party/guests/enrol-photo.ts';
import type { Enrolment } from '../../party/guests/enrolment.ts';
import type { Guest } from '../../party/guests/guests.ts';
import type { Attribution } from '../../party/guests/whose-photo.ts';
import type { Services } from '../../party/services.ts';
import type { BotContext } from '../context.ts';
import { FileTooLargeError } from '../errors.ts';
import { openGroup } from '../group-photo/open-group.ts';
import { download } from '../telegram-file.ts';
import { showTyping } from '../typing.ts';
import { askWhichGuest, withdrawQuestion } from './ask-which-guest.ts';
import { reportPhoto } from './report-photo.ts';
import type { FetchedPhoto, SentPhoto } from './sent-photo.ts';

/**
 * Enrols a photo that came with a name, and tells what came of it. A question about it that was still open is withdrawn.
 *
 * @param fetched the photo's file, if it is there already
 * @returns whose it is now; undefined when it is nobody's (yet)
 */
export async function takePhoto(
  services: Services,
  ctx: BotContext,
  photo: SentPhoto,
  said: Attribution,
  fetched?: FetchedPhoto,
): Promise<Guest | undefined> {
  if (!said.answer) await withdrawQuestion(services, ctx, photo, said.name);
  const enrolment = await tryPhoto(services, ctx, photo, fetched, said);
  if (enrolment.outcome === 'asked') await askWhichGuest(services, ctx, photo, said.name, enrolment);
  else await report(services, ctx, photo, enrolment, said.name);
  return 'guest' in enrolment ? enrolment.guest : undefined;
}

/**
 * Looks at a photo whose name nobody has said. What can be told without a name is told: that it will not do, that it is
 * known already, or that it shows several people.
 *
 * @param names may be among those of a group
 * @returns the guests that the face is like, best first; undefined when there is nothing to ask
 */
export async function lookAtPhoto(
  services: Services,
  ctx: BotContext,
  photo: SentPhoto,
  names: readonly string[],
  fetched?: FetchedPhoto,
): Promise<readonly Guest[] | undefined> {
  const looked = await tryPhoto(services, ctx, photo, fetched);
  if (looked.outcome === 'unnamed') return looked.like;
  await report(services, ctx, photo, looked, ...names);
  return undefined;
}

async function report(
  services: Services,
  ctx: BotContext,
  photo: SentPhoto,
  enrolment: Enrolment,
  ...names: string[]
): Promise<void> {
  switch (enrolment.outcome) {
    case 'known':
      return reportPhoto(services, ctx, photo, { ...enrolment, said: names[0] ?? enrolment.guest.name });
    case 'enrolled':
    case 'refused':
      return reportPhoto(services, ctx, photo, enrolment);
    case 'group':
      return openGroup(services, ctx, photo, enrolment, names);
  }
}

async function tryPhoto(
  services: Services,
  ctx: BotContext,
  { file, albumId }: SentPhoto,
  fetched: FetchedPhoto | undefined,
  said?: Attribution,
): Promise<Enrolment> {
  await showTyping(ctx);
  try {
    const { bytes, found } = fetched ?? { bytes: await download(ctx.api, file) };
    const isKept = albumId !== undefined;
    const photo = { photoId: contentId(bytes), formerId: file.uniqueId, bytes, found, isKept };
    return await enrolPhoto(services, photo, said);
  } catch (error) {
    // Telegram gives bots no larger files; Rekognition's own limit is below that.
    if (error instanceof FileTooLargeError)
      return { outcome: 'refused', refusal: { reason: 'picture too large' } };
    throw error;
  }
}

import type { Enrolment } from '../../party/guests/enrolment.ts';
import {
  type GroupMember,
  type GroupPhoto,
  GroupPhotos,
  nextUnnamed,
} from '../../party/guests/group-photos.ts';
import { keptAdvice } from '../../party/guests/photo-advice.ts';
import type { Services } from '../../party/services.ts';
import { askForPicture } from '../ask-for-picture.ts';
import type { BotContext } from '../context.ts';
import { askerOf } from '../enrolment/asker.ts';
import type { SentPhoto } from '../enrolment/sent-photo.ts';
import { withdrawButtons } from '../enrolment/withdraw.ts';
import { replyTo } from '../reply-to.ts';
import { groupPhotoText as text } from './group-photo.text.ts';
import { showGroup } from './show-group.ts';

/**
 * Begins to ask who is who in a photo of several people. The question is there at once; the picture with the numbers
 * comes into it a moment later. The same photo sent again goes on where it was left.
 *
 * @param names that stood under it
 */
export async function openGroup(
  services: Services,
  ctx: BotContext,
  photo: SentPhoto,
  { faces, seen, key }: Extract<Enrolment, { outcome: 'group' }>,
  names: readonly string[],
): Promise<void> {
  const { table, now, guests } = services;
  const groups = new GroupPhotos(table, now);
  const namer = askerOf(ctx);
  const photoId = key.slice(key.lastIndexOf('/') + 1);
  const members = faces.map(
    ({ faceId, box, advice, owner, like }): GroupMember => ({
      faceId,
      box,
      ...keptAdvice(advice),
      ...(like && { likeId: like.id }),
      ...(owner && { guestId: owner.id, name: owner.name }),
    }),
  );
  const opened: GroupPhoto = { photoId, key, messageId: photo.messageId, members, seen, names };
  const current = nextUnnamed(opened);
  if (current === undefined) {
    const known = faces.flatMap(({ owner }) => owner?.name ?? []);
    await ctx.reply(text.known(known), replyTo(photo));
    return;
  }
  const group = { ...opened, current };
  const before = await groups.get(namer, photoId);
  // It came once more.
  if (before?.questionId !== undefined && before.messageId === photo.messageId) return;
  await withdrawButtons(ctx, before?.questionId);
  await groups.open(namer, group);
  const shown = showGroup(group, await guests.list());
  const { message_id: questionId } = await ctx.reply(shown.text, {
    ...replyTo(photo),
    reply_markup: shown.keyboard,
  });
  await groups.change(namer, photoId, (opened) => ({ ...opened, questionId }));
  await askForPicture(services, { job: 'group', ...namer, photoId });
}

import type { Message } from 'grammy/types';
import { type GroupPhoto, GroupPhotos, nextUnnamed, numberOfPhoto } from '../../party/guests/group-photos.ts';
import type { Services } from '../../party/services.ts';
import type { BotContext } from '../context.ts';
import { askerOf } from '../enrolment/asker.ts';
import { readCaption } from '../enrolment/caption.ts';
import { repliesTo, replyTo } from '../reply-to.ts';
import { groupPhotoText as text } from './group-photo.text.ts';
import { finishGroup, nameMember } from './name-member.ts';
import { type NumberedName, numberedNames } from './numbered-names.ts';

/**
 * Reads a text as names for the people of a group photo: the one to which it replies, or the latest. "2 Anna" is number
 * 2's name, and a name alone is that of whoever is asked about; as a reply to a photo of an album, of whom that shows. A
 * sentence is no name.
 *
 * @param onlyReplies another question is open, which a text answers that replies to nothing
 * @returns false when nothing is asked, or it is no answer
 */
export async function answerGroup(
  services: Services,
  ctx: BotContext & { readonly message: Message },
  { onlyReplies }: { readonly onlyReplies: boolean },
): Promise<boolean> {
  const groups = await new GroupPhotos(services.table, services.now).of(askerOf(ctx));
  const repliedTo = ctx.message.reply_to_message?.message_id;
  const group =
    groups.find((one) => repliesTo(ctx.message, one) || numberOfPhoto(one, repliedTo) !== undefined) ??
    (onlyReplies ? undefined : groups.at(-1));
  const said = ctx.message.text;
  if (!group || said === undefined) return false;
  const names = namesIn(said, group, repliedTo);
  const { photoId, members } = group;
  if (names.length === 0) return false;
  for (const { number, name } of names) {
    if (number < 1 || number > members.length)
      await ctx.reply(text.nobodyThere(members.length), replyTo(group));
    else if (!(await nameMember(services, ctx, photoId, number, { name })))
      await ctx.reply(text.gone, replyTo(group));
  }
  return true;
}

function namesIn(said: string, group: GroupPhoto, repliedTo: number | undefined): NumberedName[] {
  const numbered = numberedNames(said);
  if (numbered.length > 0) return numbered;
  const caption = readCaption(said);
  const number = numberOfPhoto(group, repliedTo) ?? group.current ?? nextUnnamed(group);
  return caption.kind === 'name' && number !== undefined ? [{ number, name: caption.name }] : [];
}

/** Lets go of all group photos that are being named; who has a name keeps it. @returns how many there were */
export async function forgetGroups(services: Services, ctx: BotContext): Promise<number> {
  const groups = await new GroupPhotos(services.table, services.now).of(askerOf(ctx));
  for (const group of groups) await finishGroup(services, ctx, group);
  return groups.length;
}

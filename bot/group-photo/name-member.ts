import { isDeepStrictEqual } from 'node:util';
import { FaceGoneError } from '../../party/errors.ts';
import { dropUnnamed, nameFaces } from '../../party/guests/group-faces.ts';
import {
  facesOf,
  type GroupMember,
  type GroupPhoto,
  GroupPhotos,
  nextUnnamed,
  withMember,
} from '../../party/guests/group-photos.ts';
import { distinctNames } from '../../party/guests/guests.ts';
import type { Attribution } from '../../party/guests/whose-photo.ts';
import type { Services } from '../../party/services.ts';
import type { BotContext } from '../context.ts';
import { askerOf } from '../enrolment/asker.ts';
import { withdraw } from '../enrolment/withdraw.ts';
import { replyTo } from '../reply-to.ts';
import { writeOver } from '../write-over.ts';
import { groupPhotoText as text } from './group-photo.text.ts';
import { showGroup, shownMembers } from './show-group.ts';

/**
 * Gives a person of a group photo the name that was said, and asks about the next one. Where name and face do not agree,
 * people are asked first.
 *
 * @param number from 1
 * @returns false when that person has a name already, or is just getting one
 */
export async function nameMember(
  services: Services,
  ctx: BotContext,
  photoId: string,
  number: number,
  said: Attribution,
): Promise<boolean> {
  const { table, now, guests } = services;
  const groups = new GroupPhotos(table, now);
  const namer = askerOf(ctx);
  const claimed = await groups.claim(namer, photoId, number);
  const member = claimed?.members[number - 1];
  if (!claimed || !member) return false;
  const { claimedUntil: _mine, question: _asked, isSkipped: _skipped, ...open } = member;
  const set = (changed: GroupMember) => (group: GroupPhoto) => withMember(group, number, changed);
  const andGoOn = (changed: GroupMember) => (before: GroupPhoto) => {
    const after = set(changed)(before);
    const isDone = changed.guestId !== undefined || changed.isSkipped;
    return { ...after, current: isDone ? (nextUnnamed({ ...after, current: number }) ?? number) : number };
  };
  if (member.isNewcomer && !said.answer && (await guests.named(said.name)).length > 0) {
    await groups.change(namer, photoId, set({ ...open, question: member.question! }));
    await ctx.reply(text.nameTaken(said.name), replyTo(claimed));
    return true;
  }
  const answer = said.answer ?? (member.isNewcomer ? ('newcomer' as const) : undefined);
  let changed: GroupMember;
  try {
    const faces = facesOf(claimed, member);
    const named = await nameFaces(services, faces, { name: said.name, ...(answer && { answer }) });
    if (named.outcome === 'named') {
      changed = { ...open, guestId: named.guest.id, name: named.guest.name };
    } else {
      const { question } = named;
      const looksLike = question.why === 'looks like another';
      const otherId = looksLike ? question.other?.id : undefined;
      changed = {
        ...open,
        question: { name: said.name, sameId: question.same.id, looksLike, ...(otherId && { otherId }) },
      };
    }
  } catch (error) {
    const { claimedUntil: _given, ...back } = member;
    // It became somebody's meanwhile, was taken from them, and its picture is gone, too.
    const isGone = error instanceof FaceGoneError;
    const change = isGone ? andGoOn({ ...open, isSkipped: true }) : set(back);
    const group = await groups.change(namer, photoId, change);
    if (!isGone) throw error;
    await ctx.reply(text.faceGone(number), replyTo(claimed));
    if (group) await showOrFinish(services, ctx, group);
    return true;
  }
  const group = await groups.change(namer, photoId, andGoOn(changed));
  if (!group) return true;
  const { questionId: messageId = group.messageId } = group;
  // The question reads so already: that is no answer.
  if (changed.question && claimed.current === number && isDeepStrictEqual(changed.question, member.question))
    await ctx.reply(text.tapAnswer, replyTo({ messageId }));
  else await showOrFinish(services, ctx, group);
  return true;
}

/** Shows a group photo as it is now; one in which nobody is left to name is done. */
export async function showOrFinish(services: Services, ctx: BotContext, group: GroupPhoto): Promise<void> {
  if (nextUnnamed(group) === undefined) return finishGroup(services, ctx, group);
  if (group.questionId === undefined) return;
  const shown = showGroup(group, await services.guests.list());
  await writeOver(ctx.api, { chatId: ctx.chatId!, messageId: group.questionId }, shown.text, shown.keyboard);
}

/** Whoever has no name is forgotten, and nothing is asked any more. */
export async function finishGroup(services: Services, ctx: BotContext, group: GroupPhoto): Promise<void> {
  const { table, now, guests } = services;
  const { members, photoId, questionId } = group;
  const groups = new GroupPhotos(table, now);
  const namer = askerOf(ctx);
  const faces = members.flatMap((member) => facesOf(group, member));
  await dropUnnamed(services, faces, { namer, photoId });
  // Last: until here, whoever presses once more does the rest.
  if (!(await groups.close(namer, photoId))) return;
  const everybody = await guests.list();
  const songless = members.filter(({ guestId }) =>
    everybody.some(({ id, songId }) => id === guestId && songId === undefined),
  );
  await withdraw(
    ctx,
    questionId,
    text.finished(
      shownMembers(group, distinctNames(everybody)),
      songless.length,
      group.albumId !== undefined,
    ),
  );
}

import { Composer } from 'grammy';
import { type GroupPhoto, GroupPhotos, nextUnnamed, withMember } from '../../party/guests/group-photos.ts';
import type { Attribution } from '../../party/guests/whose-photo.ts';
import type { Services } from '../../party/services.ts';
import { acknowledge } from '../buttons.ts';
import { onPress, type Press } from '../callback-data.ts';
import type { BotContext } from '../context.ts';
import { askerOf } from '../enrolment/asker.ts';
import {
  allOneButton,
  chooseFaceButton,
  elseFaceButton,
  groupDoneButton,
  groupGuestButton,
  groupNameButton,
  otherFaceButton,
  sameFaceButton,
  skipFaceButton,
} from '../group-photo/buttons.ts';
import { groupPhotoText as text } from '../group-photo/group-photo.text.ts';
import { nameAll } from '../group-photo/name-all.ts';
import { finishGroup, nameMember, showOrFinish } from '../group-photo/name-member.ts';

/** The buttons under a photo of several people: who is who, in any order. */
export function groupPhoto(services: Services): Composer<BotContext> {
  const composer = new Composer<BotContext>();
  const groups = new GroupPhotos(services.table, services.now);
  const inPrivate = composer.chatType('private');

  /** @param said undefined when that answer is not there */
  async function name(
    ctx: Press,
    { photoId, number }: { readonly photoId: string; readonly number: number },
    said: (group: GroupPhoto) => Attribution | undefined,
  ): Promise<void> {
    const group = await groups.get(askerOf(ctx), photoId);
    const answer = group && said(group);
    if (!answer || group.members[number - 1]?.guestId) return acknowledge(ctx, text.gone);
    await acknowledge(ctx);
    await nameMember(services, ctx, photoId, number, answer);
  }

  async function change(
    ctx: Press,
    photoId: string,
    how: (group: GroupPhoto) => GroupPhoto | undefined,
  ): Promise<void> {
    const group = await groups.change(askerOf(ctx), photoId, how);
    await acknowledge(ctx, group ? undefined : text.gone);
    if (group) await showOrFinish(services, ctx, group);
  }

  inPrivate.use(
    onPress(chooseFaceButton, (ctx, { photoId, number }) =>
      change(ctx, photoId, (group) => {
        const member = group.members[number - 1];
        if (!member || member.guestId) return undefined;
        const { isSkipped: _again, ...open } = member;
        return { ...withMember(group, number, open), current: number };
      }),
    ),
  );

  inPrivate.use(
    onPress(skipFaceButton, (ctx, { photoId, number }) =>
      change(ctx, photoId, (group) => {
        const member = group.members[number - 1];
        if (!member || member.guestId) return undefined;
        const { question: _asked, isNewcomer: _is, ...open } = member;
        const skipped = withMember(group, number, { ...open, isSkipped: true });
        return { ...skipped, current: nextUnnamed({ ...skipped, current: number }) ?? number };
      }),
    ),
  );

  inPrivate.use(
    onPress(elseFaceButton, (ctx, { photoId, number }) =>
      change(ctx, photoId, (group) => {
        const member = group.members[number - 1];
        if (!member?.question || member.guestId) return undefined;
        return { ...withMember(group, number, { ...member, isNewcomer: true }), current: number };
      }),
    ),
  );

  inPrivate.use(
    onPress(groupGuestButton, async (ctx, { guestId, ...face }) => {
      const guest = await services.guests.get(guestId);
      const namesakes = guest ? await services.guests.named(guest.name) : [];
      const isOne = namesakes.length === 1;
      await name(ctx, face, ({ members }) => {
        if (!guest) return undefined;
        // Whom the face is like is that guest; of anybody else it is looked at whether it may be.
        const isSure = !isOne || members[face.number - 1]?.likeId === guestId;
        return { name: guest.name, ...(isSure && { answer: { guestId } }) };
      });
    }),
  );

  inPrivate.use(
    onPress(groupNameButton, (ctx, { index, ...face }) =>
      name(ctx, face, ({ names }) => (names[index] === undefined ? undefined : { name: names[index] })),
    ),
  );

  inPrivate.use(
    onPress(sameFaceButton, (ctx, face) =>
      name(ctx, face, ({ members }) => {
        const asked = members[face.number - 1]?.question;
        return asked && { name: asked.name, answer: { guestId: asked.sameId } };
      }),
    ),
  );

  inPrivate.use(
    onPress(otherFaceButton, (ctx, face) =>
      name(ctx, face, ({ members }) => {
        const asked = members[face.number - 1]?.question;
        if (!asked?.looksLike) return undefined;
        const { name: wanted, otherId } = asked;
        return { name: wanted, answer: otherId === undefined ? 'newcomer' : { guestId: otherId } };
      }),
    ),
  );

  inPrivate.use(
    onPress(allOneButton, async (ctx, { photoId }) => {
      const isDone = await nameAll(services, ctx, photoId);
      await acknowledge(ctx, isDone ? undefined : text.gone);
    }),
  );

  inPrivate.use(
    onPress(groupDoneButton, async (ctx, { photoId }) => {
      const group = await groups.get(askerOf(ctx), photoId);
      await acknowledge(ctx, group ? undefined : text.gone);
      if (group) await finishGroup(services, ctx, group);
    }),
  );

  return composer;
}

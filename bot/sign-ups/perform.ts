import type { ChatJoinRequest } from 'grammy/types';
import { loggable } from '../../party/loggable.ts';
import type { Services } from '../../party/services.ts';
import { type GuestLink, GuestLinks } from '../../party/sign-ups/guest-links.ts';
import { isLapsed } from '../../party/sign-ups/lapsed.ts';
import type { SignUp } from '../../party/sign-ups/sign-ups.ts';
import { acknowledge } from '../buttons.ts';
import type { BotContext } from '../context.ts';
import { quietly } from '../quietly.ts';
import { agree, openLink, refuse } from './consent.ts';
import { forgetMe } from './forget-me.ts';
import { guestText as text } from './guest.text.ts';
import type { LinkAct, SignUpAct } from './guest-act.ts';
import { takeFile } from './guest-file.ts';
import { takePhoto, takeProfilePhoto } from './guest-photo.ts';
import { askSong, showShelf, takeMusic, takePick, takeProfileSong, takeSong } from './guest-song.ts';
import { answerJoinRequest } from './join-request.ts';
import type { GuestTurn } from './turn.ts';

/** Does what somebody does by a link. */
export const performByLink = (turn: GuestTurn, act: LinkAct, link: GuestLink): Promise<void> =>
  inWords(turn, () => {
    if (act.act === 'open') return openLink(turn, link);
    return act.act === 'agree' ? agree(turn, link) : refuse(turn, link);
  });

/** Answers somebody who asks to join a group, in private, by the same questions. */
export const performJoinRequest = (
  turn: GuestTurn,
  request: ChatJoinRequest,
  link: GuestLink,
): Promise<void> => inWords(turn, () => answerJoinRequest(turn, request, link));

/** Does what somebody does who has agreed. */
export const perform = (turn: GuestTurn, act: SignUpAct, signUp: SignUp): Promise<void> =>
  inWords(turn, async () => {
    const { ctx, services } = turn;
    if (act.act === 'forget me') return forgetMe(turn, signUp, act.now);
    const settledAs = await whatIsSettled(services, signUp);
    if (settledAs !== undefined) return settled(ctx, settledAs);
    switch (act.act) {
      case 'profile photo':
        return takeProfilePhoto(turn, signUp);
      case 'photo':
        return takePhoto(turn, signUp, act.photo.file);
      case 'file':
        return takeFile(turn, signUp, act.document);
      case 'music':
        return takeMusic(turn, signUp, act.music);
      case 'profile song':
        return takeProfileSong(turn, signUp);
      case 'shelf':
        return showShelf(turn, act.page);
      case 'pick':
        return takePick(turn, signUp, act.songId);
      case 'surprise':
        return takeSong(turn, signUp, { from: 'surprise' });
      case 'back':
        return askSong(turn, signUp);
      case 'anything':
      case 'nothing':
        return settled(ctx, text.only);
    }
  });

/** What there is to say to whoever can do nothing more than be forgotten; undefined for whoever still signs up. */
async function whatIsSettled(services: Services, signUp: SignUp): Promise<string | undefined> {
  const { guestId } = signUp;
  if (guestId !== undefined)
    return (await services.guests.get(guestId)) ? text.alreadyOnTheList : text.notOnTheList;
  return (await isLapsed(new GuestLinks(services), signUp)) ? text.over : undefined;
}

/**
 * What failed is told without the program's inner life, and counts as handled: it would be done twice if it came again.
 */
async function inWords({ services, ctx }: GuestTurn, act: () => Promise<unknown>): Promise<void> {
  try {
    await act();
  } catch (error) {
    services.log.error('A guest could not be answered', {
      updateId: ctx.update.update_id,
      ...loggable(error),
    });
    if (ctx.callbackQuery) await quietly(ctx.answerCallbackQuery());
    // Who asks to join a group waits for nothing here, and the group need not know.
    if (!ctx.chatJoinRequest) await quietly(ctx.reply(text.failed));
  }
}

/** One answer, to a press or to words. */
async function settled(ctx: BotContext, told: string): Promise<void> {
  if (ctx.callbackQuery) await acknowledge(ctx, told);
  else await ctx.reply(told);
}

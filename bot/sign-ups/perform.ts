import { loggable } from '../../party/loggable.ts';
import type { GuestLink } from '../../party/sign-ups/guest-links.ts';
import { type SignUp, stepOf } from '../../party/sign-ups/sign-ups.ts';
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
import type { GuestTurn } from './turn.ts';

/** Does what somebody does by a link. */
export const performByLink = (turn: GuestTurn, act: LinkAct, link: GuestLink): Promise<void> =>
  inWords(turn, () => {
    if (act.act === 'open') return openLink(turn, link);
    return act.act === 'agree' ? agree(turn, link) : refuse(turn);
  });

/** Does what somebody does who has agreed. */
export const perform = (turn: GuestTurn, act: SignUpAct, signUp: SignUp): Promise<void> =>
  inWords(turn, async () => {
    const { ctx } = turn;
    if (act.act === 'forget me') return forgetMe(turn, signUp, act.now);
    if (stepOf(signUp) === 'welcomed') return settled(ctx, text.alreadyOnTheList);
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

/** What failed is told without the program's inner life, and counts as handled: it would be done twice if it came again. */
async function inWords({ services, ctx }: GuestTurn, act: () => Promise<unknown>): Promise<void> {
  try {
    await act();
  } catch (error) {
    services.log.error('A guest could not be answered', {
      updateId: ctx.update.update_id,
      ...loggable(error),
    });
    if (ctx.callbackQuery) await quietly(ctx.answerCallbackQuery());
    await quietly(ctx.reply(text.failed));
  }
}

/** One answer, to a press or to words. */
async function settled(ctx: BotContext, told: string): Promise<void> {
  if (ctx.callbackQuery) await acknowledge(ctx, told);
  else await ctx.reply(told);
}

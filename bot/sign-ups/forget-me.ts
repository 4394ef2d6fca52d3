import { isNothing } from '../../party/forget/forget.ts';
import { forgetSignUp } from '../../party/sign-ups/forget-sign-up.ts';
import type { SignUp } from '../../party/sign-ups/sign-ups.ts';
import { acknowledge, overwrite } from '../buttons.ts';
import { forgetText } from '../forget/forget.text.ts';
import { quietly } from '../quietly.ts';
import { deleteQuietly } from '../write-over.ts';
import { guestText as text } from './guest.text.ts';
import { forgetChoice } from './guest-keyboards.ts';
import { inviteText } from './invite.text.ts';
import type { GuestTurn } from './turn.ts';

/**
 * Forgets whoever says so, at any time, a party's too: all that is kept of them, and the card with their photo in the
 * host's chat. The host is told. @param now as they said it in full; otherwise it is asked once more
 */
export async function forgetMe(turn: GuestTurn, signUp: SignUp, now: boolean): Promise<unknown> {
  const { services, ctx } = turn;
  if (!now) return ctx.reply(text.askForget, { reply_markup: forgetChoice() });
  if (ctx.callbackQuery) await acknowledge(ctx);
  // First: what is cut short comes again, and which card it was is known only until then.
  if (signUp.card) await deleteQuietly(ctx.api, signUp.card);
  const { removed, left } = await forgetSignUp(services, signUp);
  await quietly(ctx.api.sendMessage(signUp.invitedBy, inviteText.forgot(signUp.name)));
  const told = isNothing(left) ? text.forgotten(forgetText.removed(removed)) : text.notForgotten;
  return ctx.callbackQuery ? overwrite(ctx, told) : ctx.reply(told);
}

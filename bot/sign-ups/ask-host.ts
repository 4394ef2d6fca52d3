import { signUpCard } from '../../party/sign-ups/card.ts';
import { LinkTries } from '../../party/sign-ups/link-tries.ts';
import { type ChosenSong, type SignUp, SignUps } from '../../party/sign-ups/sign-ups.ts';
import { takeButtons } from '../buttons.ts';
import { showStatus } from '../show-status.ts';
import { deleteQuietly } from '../write-over.ts';
import { guestText as text } from './guest.text.ts';
import { hostName } from './host-name.ts';
import { songWords } from './song-words.ts';
import type { GuestTurn } from './turn.ts';

/**
 * Asks the host whether somebody is welcome, by a card in place of any of before, and says so. The card goes by the
 * outbox: thirty at once come one after the other, as Telegram takes them. Safe to repeat: the same update asks once.
 */
export async function askHost(turn: GuestTurn, signUp: SignUp, song: ChosenSong): Promise<unknown> {
  const { services, dispatcher, ctx } = turn;
  const { userId, questionId, card } = signUp;
  const ask = ctx.update.update_id;
  const signUps = new SignUps(services.table);
  const isAsked = signUp.ask === ask;
  if (!isAsked && !(await new LinkTries(services.table).take(signUp.linkId, userId, 'cards')))
    return ctx.reply(text.tooManyChanges);
  const changed = await signUps.change(userId, { song, ask, ...(!isAsked && { card: undefined }) });
  if (!changed) return undefined;
  if (card && !isAsked) await deleteQuietly(ctx.api, card);
  const host = await hostName(services, signUp.invitedBy);
  const told = text.asked(host, await songWords(services, song));
  const shown = await showStatus(ctx, ctx.callbackQuery ? questionId : undefined, { told });
  if (shown !== questionId) {
    if (questionId !== undefined) await takeButtons(ctx, questionId);
    await signUps.change(userId, { questionId: shown });
  }
  return dispatcher.send(signUpCard(changed, ask, services.now()));
}

import type { ChatJoinRequest } from 'grammy/types';
import type { GuestLink } from '../../party/sign-ups/guest-links.ts';
import { SignUps, stepOf } from '../../party/sign-ups/sign-ups.ts';
import { quietly } from '../quietly.ts';
import { askConsent, knownAlready, nameOf, problemWith } from './consent.ts';
import { guestText as text } from './guest.text.ts';
import type { GuestTurn } from './turn.ts';

/**
 * Answers a request to join the party's group by the same questions, in private: Telegram lets the bot write there for
 * five minutes, or until it is answered (Bot API, ChatJoinRequest). Whoever is on the list already is let in at once; of
 * whom a host said no, the request stays with the group's administrators.
 */
export async function answerJoinRequest(
  turn: GuestTurn,
  { chat, from, user_chat_id: chatId }: ChatJoinRequest,
  link: GuestLink,
): Promise<unknown> {
  const { services, ctx } = turn;
  const known = await knownAlready(turn);
  if (known && stepOf(known) === 'welcomed') return quietly(ctx.api.approveChatJoinRequest(chat.id, from.id));
  if (known) return new SignUps(services.table).change(from.id, { groupId: chat.id });
  if ((await problemWith(turn, link)) !== undefined) return undefined;
  return quietly(askConsent(turn, link, { chatId, name: nameOf(from), before: text.askedToJoin }));
}

import type { GuestLinks } from './guest-links.ts';
import { type SignUp, stepOf } from './sign-ups.ts';

/**
 * Whether a sign-up that is not welcomed has come to its end with its link. Whoever waits for the host's answer goes on
 * waiting when the host ends the link: the card is in the host's chat, and the link did what it was for.
 */
export async function isLapsed(links: GuestLinks, signUp: SignUp): Promise<boolean> {
  const link = await links.get(signUp.linkId);
  if (!link) return true;
  return stepOf(signUp) === 'answer' ? links.isOver(link) : !(await links.isOpen(link));
}

import type { Services } from '../../party/services.ts';
import { type GuestLink, GuestLinks } from '../../party/sign-ups/guest-links.ts';
import { LinkTries } from '../../party/sign-ups/link-tries.ts';
import { acknowledge } from '../buttons.ts';
import type { BotContext } from '../context.ts';
import { quietly } from '../quietly.ts';
import { guestText as text } from './guest.text.ts';
import { guestActIn, isLinkAct } from './guest-act.ts';
import { hostName } from './host-name.ts';

/**
 * Answers somebody who has signed up once and is known no more: who was declined, or is forgotten. They are told what is
 * true for them, whenever they ask.
 *
 * @returns false for whoever there is nothing of that kind to tell: they are a stranger
 */
export async function answerTurnedAway(services: Services, ctx: BotContext): Promise<boolean> {
  const { callbackQuery: press, message } = ctx;
  if (!press && !message) return false;
  const act = guestActIn(ctx.update);
  if (act.act === 'forget me') return say(ctx, text.nothingToForget);
  if (!ctx.hasChatType('private') || (press && act.act === 'nothing')) return false;
  const link = await declining(services, ctx.from.id);
  if (link) {
    if (press) await acknowledge(ctx);
    await quietly(ctx.reply(text.declinedBefore(await hostName(services, link.invitedBy))));
    return true;
  }
  return press ? say(ctx, isLinkAct(act) ? text.over : text.notSignedUp) : false;
}

/** One answer, to a press or to words. */
async function say(ctx: BotContext, told: string): Promise<true> {
  if (ctx.callbackQuery) await quietly(ctx.answerCallbackQuery({ text: told, show_alert: true }));
  else await quietly(ctx.reply(told));
  return true;
}

/** The newest link by which a host said no to somebody, until its party is over. */
async function declining(services: Services, userId: number): Promise<GuestLink | undefined> {
  const ids = await new LinkTries(services.table).declinedBy(userId);
  if (ids.length === 0) return undefined;
  const links = new GuestLinks(services);
  for (const link of (await links.list()).reverse())
    if (ids.includes(link.id) && !(await links.isOver(link))) return link;
  return undefined;
}

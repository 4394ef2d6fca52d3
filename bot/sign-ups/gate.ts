import type { Dispatcher } from '../../party/outbox/dispatcher.ts';
import type { Services } from '../../party/services.ts';
import { GuestLinks } from '../../party/sign-ups/guest-links.ts';
import { SignUps } from '../../party/sign-ups/sign-ups.ts';
import { acknowledge } from '../buttons.ts';
import type { BotContext } from '../context.ts';
import { guestActIn, isLinkAct } from './guest-act.ts';

/**
 * Lets somebody in who is no host, for what guests do and no more. @returns false for whoever has neither opened a host's
 * link nor signed up by one: they are a stranger, and nothing was done or said
 */
export type GuestGate = (ctx: BotContext) => Promise<boolean>;

/** Few updates are a guest's: what answers them is loaded when one is. */
const acts = () => import('./perform.ts');

/** The gate beside the hosts' own (`access.ts`). */
export function guestGate(services: Services, dispatcher: Dispatcher): GuestGate {
  const signUps = new SignUps(services.table);
  const links = new GuestLinks(services);
  return async (ctx) => {
    if (!ctx.from) return false;
    const { chatJoinRequest: request } = ctx;
    if (request) {
      const link = await links.ofGroup(request.chat.id);
      if (link) await (await acts()).performJoinRequest({ services, dispatcher, ctx }, request, link);
      return link !== undefined;
    }
    if (!ctx.hasChatType('private')) return false;
    const act = guestActIn(ctx.update);
    if (isLinkAct(act)) {
      const link = await ('code' in act ? links.withCode(act.code) : links.get(act.linkId));
      if (!link) return false;
      await (await acts()).performByLink({ services, dispatcher, ctx }, act, link);
      return true;
    }
    const signUp = await signUps.get(ctx.from.id);
    if (!signUp) return false;
    if (act.act !== 'nothing') await (await acts()).perform({ services, dispatcher, ctx }, act, signUp);
    else if (ctx.callbackQuery) await acknowledge(ctx);
    return true;
  };
}

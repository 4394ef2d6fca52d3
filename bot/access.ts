import type { Middleware } from 'grammy';
import type { Message, User } from 'grammy/types';
import { cleanLine } from '../party/clean-line.ts';
import type { InvitationOpened } from '../party/hosts/invitations.ts';
import type { Services } from '../party/services.ts';
import { accessText } from './access.text.ts';
import { commands } from './commands.ts';
import type { BotContext } from './context.ts';
import { removals } from './hosts/buttons.ts';
import { hostsText } from './hosts/hosts.text.ts';
import { showMenu } from './menu.ts';
import { quietly } from './quietly.ts';
import { replyTo } from './reply-to.ts';
import { sameSecret } from './same-secret.ts';
import type { GuestGate } from './sign-ups/gate.ts';

/**
 * Who may use the bot: only hosts, in whichever chat. Authority is a user's and is looked up with each update, so
 * that a host who is none any more is refused at once.
 *
 * The first user who opens the deployment's link (`/start <code>`) becomes the house's host; whoever opens a link of
 * theirs, a co-host. Whoever opens a link for guests can add themselves, and nothing else; whoever is declined then is
 * told so, whenever they write. Until there is a host whoever writes in private is told how, each time, for one of them
 * is the host. Afterwards anyone else is told once, in private, that this is a private party; in a group a stranger is
 * not answered at all. Who hides behind a group or a channel may be a host, and is told why a command does nothing.
 *
 * @param claimCode the code of that link
 * @param letGuestIn answers whoever adds themselves as a guest, and nobody else
 */
export function access(services: Services, claimCode: string, letGuestIn: GuestGate): Middleware<BotContext> {
  const { hosts, log } = services;
  return async (ctx, next) => {
    const user = ctx.from;
    if (!user) return;
    if (ctx.message?.sender_chat && !ctx.hasChatType('private')) return answerHidden(ctx, ctx.message);
    if (await hosts.has(user.id)) return next();
    if (await letGuestIn(ctx)) return;
    const code = codeIn(ctx);
    if (code !== undefined && sameSecret(code, claimCode)) {
      if (!(await hosts.claimHouse(user.id, cleanLine(user.first_name)))) {
        return quietly(ctx.reply(accessText.claimedBefore));
      }
      log.info('The house is claimed', { userId: user.id });
      await quietly(ctx.reply(accessText.claimed));
      return next();
    }
    if (code !== undefined) {
      const { outcome } = await joinAsCoHost(services, ctx, user, code);
      if (outcome === 'over') return quietly(ctx.reply(accessText.invitationOver));
      if (outcome === 'accepted') return next();
    }
    if (await (await import('./sign-ups/turned-away.ts')).answerTurnedAway(services, ctx)) return;
    if (ctx.callbackQuery) {
      return quietly(ctx.answerCallbackQuery({ text: accessText.notYours, show_alert: true }));
    }
    if (!ctx.hasChatType('private')) return;
    if ((await hosts.list()).length === 0) return quietly(ctx.reply(accessText.unclaimed));
    if (await hosts.firstRefusal(user.id)) return quietly(ctx.reply(accessText.stranger));
  };
}

/** Makes the user a co-host whose code is that of an invitation, and tells whoever invited them. */
async function joinAsCoHost(
  { hosts, invitations, log }: Services,
  ctx: BotContext,
  { id: userId, first_name: firstName }: User,
  code: string,
): Promise<InvitationOpened> {
  const opened = await invitations.open(code, userId);
  if (opened.outcome !== 'accepted') return opened;
  const name = cleanLine(firstName);
  await hosts.add(userId, name);
  log.info('Somebody is a co-host', { userId, invitedBy: opened.invitedBy });
  await quietly(ctx.reply(accessText.coHost));
  // One who was a host before, and was removed, has none.
  await showMenu(ctx.api, userId, 'co-host');
  const remove = { reply_markup: removals([{ userId, name }]) };
  await quietly(ctx.api.sendMessage(opened.invitedBy, hostsText.joined(name), remove));
  return opened;
}

/**
 * An anonymous administrator writes as the group, and others write as a channel of theirs (Bot API, `sender_chat`): the
 * user that comes with it stands for all such, and nobody's authority can be looked up.
 */
async function answerHidden(ctx: BotContext, message: Message): Promise<void> {
  const { sender_chat: sender, chat, message_id: messageId } = message;
  if (!isForUs(ctx, message)) return;
  const told = sender?.id === chat.id ? accessText.anonymous : accessText.channel;
  await quietly(ctx.reply(told, replyTo({ messageId })));
}

/** Whether a message is one of this bot's commands: in a group there may be other bots. */
function isForUs({ me }: BotContext, { text = '' }: Message): boolean {
  const [, name = '', addressed = me.username] = /^\/(\w+)(?:@(\w+))?(?=\s|$)/.exec(text) ?? [];
  const isOurs = name === 'start' || commands.some(({ command }) => command === name);
  return isOurs && addressed.toLowerCase() === me.username.toLowerCase();
}

/** The code in `/start <code>`, which counts only in private: in a group all would have read it. */
function codeIn(ctx: BotContext): string | undefined {
  if (!ctx.hasChatType('private')) return undefined;
  return /^\/start\s+(\S+)\s*$/.exec(ctx.message?.text ?? '')?.[1];
}

import { Composer } from 'grammy';
import type { Services } from '../../party/services.ts';
import { isGuestCode } from '../../party/sign-ups/guest-links.ts';
import { onPress } from '../callback-data.ts';
import type { BotContext } from '../context.ts';
import {
  againButton,
  declineButton,
  endGroupButton,
  endGuestLinkButton,
  hearButton,
  newGuestLinkButton,
  otherButton,
  sameButton,
  welcomeButton,
} from '../sign-ups/button-data.ts';
import { inviteText } from '../sign-ups/invite.text.ts';

/** Few updates are about it: it is loaded when one is. */
const links = () => import('../sign-ups/invite.ts');
const decisions = () => import('../sign-ups/decide.ts');

/** `/invite`: a link by which guests add themselves, and a host's answer to each who did. */
export function invite(services: Services): Composer<BotContext> {
  const composer = new Composer<BotContext>();

  composer.command('start', (ctx, next) =>
    isGuestCode(ctx.match) ? ctx.reply(inviteText.hostOpened) : next(),
  );
  composer.command('invite', async (ctx) => (await links()).answerInvite(services, ctx));
  composer.use(
    onPress(newGuestLinkButton, async (ctx) => (await links()).replaceGuestLink(services, ctx)),
    onPress(endGuestLinkButton, async (ctx) => (await links()).endGuestLink(services, ctx)),
    onPress(endGroupButton, async (ctx) => (await links()).endGroup(services, ctx)),
    onPress(welcomeButton, async (ctx, { userId }) => (await decisions()).welcome(services, ctx, userId)),
    onPress(sameButton, async (ctx, { userId, guestId }) =>
      (await decisions()).welcome(services, ctx, userId, { guestId }),
    ),
    onPress(otherButton, async (ctx, { userId }) =>
      (await decisions()).welcome(services, ctx, userId, 'newcomer'),
    ),
    onPress(declineButton, async (ctx, { userId }) => (await decisions()).decline(services, ctx, userId)),
    onPress(hearButton, async (ctx, { userId }) => (await decisions()).hear(services, ctx, userId)),
    onPress(againButton, async (ctx, whom) => (await decisions()).letTryAgain(services, ctx, whom)),
  );
  return composer;
}

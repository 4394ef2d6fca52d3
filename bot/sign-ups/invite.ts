import { GrammyError, InputFile } from 'grammy';
import type { Services } from '../../party/services.ts';
import { type GuestLink, GuestLinks, mostPeople } from '../../party/sign-ups/guest-links.ts';
import { acknowledge, overwrite } from '../buttons.ts';
import type { BotContext } from '../context.ts';
import { qrPicture } from '../door-screen/qr-picture.ts';
import { replyTo } from '../reply-to.ts';
import { groupChoice, linkChoices } from './host-keyboards.ts';
import { hostName } from './host-name.ts';
import { inviteText as text } from './invite.text.ts';

/** Gives a host a link for guests, or says where it is: only its hash is kept, so that it cannot be given twice. */
export async function answerInvite(services: Services, ctx: BotContext): Promise<unknown> {
  if (!ctx.hasChatType('private')) return openGroup(services, ctx);
  const open = await new GuestLinks(services).openOf(ctx.from.id);
  if (!open?.message) return sendNewLink(services, ctx);
  return ctx.reply(text.known(open.people ?? 0), { ...replyTo(open.message), reply_markup: linkChoices() });
}

/** Has the bot answer a group's requests to join. Telegram brings them to administrators of supergroups alone. */
async function openGroup(services: Services, ctx: BotContext): Promise<unknown> {
  const { id: groupId } = ctx.chat!;
  const me = await ctx.api.getChatMember(groupId, ctx.me.id);
  const mayInvite = me.status === 'administrator' && me.can_invite_users;
  if (!ctx.hasChatType('supergroup') || !mayInvite) return ctx.reply(text.notAdmin);
  const links = new GuestLinks(services);
  if (!(await links.ofGroup(groupId))) await links.create(ctx.from!.id, groupId);
  return ctx.reply(text.groupOpened, { reply_markup: groupChoice() });
}

/** Leaves a group's requests to join to its administrators again. */
export async function endGroup(services: Services, ctx: BotContext): Promise<void> {
  await new GuestLinks(services).endOfGroup(ctx.chat!.id);
  await acknowledge(ctx);
  await overwrite(ctx, text.groupEnded);
}

/** Ends a host's link, and gives another one. */
export async function replaceGuestLink(services: Services, ctx: BotContext): Promise<void> {
  await acknowledge(ctx);
  await endOpen(services, ctx);
  await overwrite(ctx, text.replaced);
  await sendNewLink(services, ctx);
}

/** Ends a host's link. */
export async function endGuestLink(services: Services, ctx: BotContext): Promise<void> {
  await acknowledge(ctx);
  await endOpen(services, ctx);
  await overwrite(ctx, text.ended);
}

async function sendNewLink(services: Services, ctx: BotContext): Promise<void> {
  const links = new GuestLinks(services);
  const { id: userId } = ctx.from!;
  const [{ code, link }, host] = await Promise.all([links.create(userId), hostName(services, userId)]);
  const address = `https://t.me/${ctx.me.username}?start=${code}`;
  await ctx.reply(text.forward(mostPeople), { reply_markup: linkChoices() });
  const { chat, message_id: messageId } = await ctx.replyWithPhoto(
    new InputFile(qrPicture(address), 'invitation.png'),
    { caption: text.invitation(host, address) },
  );
  await links.shownIn(link, { chatId: chat.id, messageId });
}

/** All links of a host, for one whose message was never sent may be open too. */
async function endOpen(services: Services, ctx: BotContext): Promise<void> {
  const links = new GuestLinks(services);
  for (let open = await links.openOf(ctx.from!.id); open; open = await links.openOf(ctx.from!.id)) {
    await links.end(open);
    await sayEnded(ctx, open);
  }
}

/** The invitation itself says that it is over. It may be gone, or say so already. */
async function sayEnded(ctx: BotContext, { message }: GuestLink): Promise<void> {
  if (!message) return;
  try {
    await ctx.api.editMessageCaption(message.chatId, message.messageId, { caption: text.endedForGuests });
  } catch (error) {
    if (!(error instanceof GrammyError && error.error_code === 400)) throw error;
  }
}

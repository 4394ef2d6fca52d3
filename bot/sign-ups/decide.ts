import { GrammyError } from 'grammy';
import type { Attribution } from '../../party/guests/whose-photo.ts';
import type { Services } from '../../party/services.ts';
import { forgetSignUp } from '../../party/sign-ups/forget-sign-up.ts';
import { GuestLinks } from '../../party/sign-ups/guest-links.ts';
import { LinkTries } from '../../party/sign-ups/link-tries.ts';
import { type SignUp, SignUps, stepOf } from '../../party/sign-ups/sign-ups.ts';
import { type WelcomeOutcome, welcomeGuest } from '../../party/sign-ups/welcome-guest.ts';
import { acknowledge, expire, overwrite } from '../buttons.ts';
import type { BotContext } from '../context.ts';
import { enrolmentText } from '../enrolment/enrolment.text.ts';
import { DownloadError, FileTooLargeError } from '../errors.ts';
import { quietly } from '../quietly.ts';
import { aSurprise, songTitle } from '../songs/songs.text.ts';
import { download, type TelegramFile } from '../telegram-file.ts';
import { deleteQuietly } from '../write-over.ts';
import { askConsent, nameOf } from './consent.ts';
import { guestText } from './guest.text.ts';
import { againChoice, whoChoices } from './host-keyboards.ts';
import { hostName } from './host-name.ts';
import { inviteText as text } from './invite.text.ts';

/** Somebody is welcome: they become a guest. @param answer who they are, if that was asked */
export async function welcome(
  services: Services,
  ctx: BotContext,
  userId: number,
  answer?: Attribution['answer'],
): Promise<unknown> {
  const untold = await untoldWelcome(services, userId);
  if (untold) return tell(services, ctx, ...untold);
  const signUp = await askedAbout(services, userId);
  if (!signUp?.photo) return expire(ctx, text.settled);
  await acknowledge(ctx);
  const [photo, music] = await Promise.all([fetched(ctx, signUp.photo), musicOf(ctx, signUp)]);
  if (!photo) return askForAnother(services, ctx, signUp, guestText.photoGone);
  const welcomed = await welcomeGuest(services, signUp, { photo, music }, ctx.me.id, answer);
  return tell(services, ctx, signUp, welcomed);
}

async function tell(
  services: Services,
  ctx: BotContext,
  signUp: SignUp,
  welcomed: WelcomeOutcome,
): Promise<unknown> {
  const { userId, chatId, name } = signUp;
  switch (welcomed.outcome) {
    case 'forgotten':
      return expire(ctx, text.settled);
    case 'refused':
      return askForAnother(
        services,
        ctx,
        signUp,
        guestText.photoRefused(enrolmentText.refused(welcomed.refusal)),
      );
    case 'asked': {
      const { why, same } = welcomed.question;
      const told = why === 'looks like another' ? text.looksLike(name, same.name) : text.looksDifferent(name);
      return overwrite(ctx, told, whoChoices(userId, same.id, text.itIs(same.name)));
    }
    case 'welcomed': {
      const { guest, song } = welcomed;
      // What they sent may be gone from Telegram by now: then it is a carol.
      const plays = song ? songTitle(song) : aSurprise;
      await new SignUps(services.table).removeCards(userId);
      await overwrite(
        ctx,
        guest.name === name ? text.welcomed(name, plays) : text.welcomedAs(name, guest.name),
      );
      if (signUp.groupId !== undefined) await quietly(ctx.api.approveChatJoinRequest(signUp.groupId, userId));
      await quietly(ctx.api.sendMessage(chatId, guestText.onTheList(name, plays)));
      return new SignUps(services.table).change(userId, { isTold: true });
    }
  }
}

/** Somebody is not welcome: all of theirs is deleted, the card with their photo too. */
export async function decline(services: Services, ctx: BotContext, userId: number): Promise<unknown> {
  const signUp = await askedAbout(services, userId);
  if (!signUp) return expire(ctx, text.settled);
  const { linkId, chatId, name } = signUp;
  await acknowledge(ctx);
  const host = await hostName(services, signUp.invitedBy);
  await new LinkTries(services.table).setDeclined(linkId, userId, true);
  // First: a press that is cut short and comes again finds nobody to decline.
  const isCardGone = await deleteQuietly(ctx.api, { chatId: ctx.chatId!, messageId: ctx.msg!.message_id });
  await forgetSignUp(services, signUp);
  await ctx.reply(text.declined(name, isCardGone), { reply_markup: againChoice(linkId, userId) });
  await quietly(ctx.api.sendMessage(chatId, guestText.declined(host)));
  // Last: with that, the bot may not write to somebody who never wrote to it.
  if (signUp.groupId !== undefined) await quietly(ctx.api.declineChatJoinRequest(signUp.groupId, userId));
  return undefined;
}

/** The song that somebody sent, to be heard. */
export async function hear(services: Services, ctx: BotContext, userId: number): Promise<unknown> {
  const { song } = (await askedAbout(services, userId)) ?? {};
  if (song?.from !== 'guest') return expire(ctx, text.settled);
  await acknowledge(ctx);
  const { file, playable } = song.music;
  try {
    return await (playable ? ctx.replyWithAudio(file.fileId) : ctx.replyWithDocument(file.fileId));
  } catch (error) {
    if (error instanceof GrammyError) return ctx.reply(text.nothingToHear);
    throw error;
  }
}

/** Whoever was declined is asked once more, as if they had opened the link again. */
export async function letTryAgain(
  services: Services,
  ctx: BotContext,
  { linkId, userId }: { readonly linkId: string; readonly userId: number },
): Promise<void> {
  const links = new GuestLinks(services);
  const link = await links.get(linkId);
  await acknowledge(ctx);
  if (!link || !(await links.isOpen(link))) return overwrite(ctx, text.againOver);
  await new LinkTries(services.table).setDeclined(linkId, userId, false);
  const [host, chat] = await Promise.all([
    hostName(services, link.invitedBy),
    // Their name is forgotten here.
    quietly(ctx.api.getChat(userId)),
  ]);
  if (chat?.first_name === undefined) return overwrite(ctx, text.againUntold(guestText.nameless));
  const name = nameOf({ ...chat, first_name: chat.first_name });
  const again = { chatId: userId, name, before: guestText.letAgain(host) };
  const isTold = (await quietly(askConsent({ services, ctx }, link, again))) !== undefined;
  await overwrite(ctx, isTold ? text.again(name) : text.againUntold(name));
}

/** A welcome that was cut short when all was written down and nobody was told. */
async function untoldWelcome(
  { table, guests, songs }: Services,
  userId: number,
): Promise<[SignUp, WelcomeOutcome] | undefined> {
  const signUp = await new SignUps(table).get(userId);
  if (signUp?.guestId === undefined || signUp.isTold) return undefined;
  const guest = await guests.get(signUp.guestId);
  if (!guest) return undefined;
  const song = guest.songId === undefined ? undefined : await songs.get(guest.songId);
  return [signUp, { outcome: 'welcomed', guest, song }];
}

/** Whoever a card asks about; undefined when that is settled. */
async function askedAbout({ table }: Services, userId: number): Promise<SignUp | undefined> {
  const signUp = await new SignUps(table).get(userId);
  return signUp && stepOf(signUp) === 'answer' ? signUp : undefined;
}

/** The photo is of no use: the guest is asked for another one, and with that the host anew. */
async function askForAnother(
  services: Services,
  ctx: BotContext,
  { userId, chatId, name }: SignUp,
  told: string,
): Promise<void> {
  const change = { photo: undefined, ask: undefined, card: undefined, photoId: undefined };
  await new SignUps(services.table).change(userId, change);
  await overwrite(ctx, text.photoRefused(name));
  await quietly(ctx.api.sendMessage(chatId, told));
}

const musicOf = async (ctx: BotContext, { song }: SignUp): Promise<Uint8Array | undefined> =>
  song?.from === 'guest' ? fetched(ctx, song.music.file) : undefined;

/** @returns undefined for what Telegram does not have any more */
async function fetched(ctx: BotContext, file: TelegramFile): Promise<Uint8Array | undefined> {
  try {
    return await download(ctx.api, file);
  } catch (error) {
    const isGone =
      error instanceof DownloadError ||
      error instanceof FileTooLargeError ||
      (error instanceof GrammyError && error.error_code === 400);
    if (isGone) return undefined;
    throw error;
  }
}

import type { User } from 'grammy/types';
import { type GuestLink, GuestLinks } from '../../party/sign-ups/guest-links.ts';
import { isLapsed } from '../../party/sign-ups/lapsed.ts';
import { LinkTries } from '../../party/sign-ups/link-tries.ts';
import { type SignUp, SignUps, stepOf } from '../../party/sign-ups/sign-ups.ts';
import { acknowledge, overwrite } from '../buttons.ts';
import { readName } from '../names.ts';
import { askHost } from './ask-host.ts';
import { guestText as text } from './guest.text.ts';
import { consentChoices, photoChoices } from './guest-keyboards.ts';
import { hasProfilePhoto } from './guest-photo.ts';
import { askSong } from './guest-song.ts';
import { hostName } from './host-name.ts';
import type { GuestTurn } from './turn.ts';

/** Whoever opens a link reads what happens to their face. Nothing is kept of them until they agree. */
export async function openLink(turn: GuestTurn, link: GuestLink): Promise<unknown> {
  const { ctx } = turn;
  const known = await knownAlready(turn);
  if (known) return goOnBy(turn, known, link);
  const problem = await problemWith(turn, link);
  return problem === undefined
    ? askConsent(turn, link, { chatId: ctx.chatId!, name: nameOf(ctx.from!) })
    : ctx.reply(problem);
}

/** Who is asked to consent. */
interface Asked {
  /** The private chat with them. */
  readonly chatId: number;
  readonly name: string;
  /** What they read above it. */
  readonly before?: string;
}

/** What happens to somebody's face, in words, and the question. */
export async function askConsent(
  { services, ctx }: Pick<GuestTurn, 'services' | 'ctx'>,
  link: GuestLink,
  { chatId, name, before }: Asked,
): Promise<unknown> {
  const { settings, config } = services;
  // Not by what it may have been a moment ago: somebody agrees to it.
  const [host, keeping] = await Promise.all([hostName(services, link.invitedBy), settings.readNow()]);
  const consent = text.consent(name, host, { ...keeping, keptAt: config.KEPT_AT });
  const told = before === undefined ? consent : [before, '', consent].join('\n');
  return ctx.api.sendMessage(chatId, told, { reply_markup: consentChoices(link.id) });
}

/** From now on they are somebody who signs up, and asked for a photo. Safe to repeat. */
export async function agree(turn: GuestTurn, link: GuestLink): Promise<unknown> {
  const { services, ctx } = turn;
  const known = await knownAlready(turn);
  if (known) {
    await acknowledge(ctx);
    return resume(turn, known);
  }
  const isRoom = await new GuestLinks(services).takePlace(link, ctx.from!.id);
  const problem = (await problemWith(turn, link)) ?? (isRoom ? undefined : text.full);
  await acknowledge(ctx);
  if (problem !== undefined) return overwrite(ctx, problem);
  const { id: userId, username } = ctx.from!;
  const signUp: SignUp = {
    ...{ userId, chatId: ctx.chatId!, name: nameOf(ctx.from!), linkId: link.id, invitedBy: link.invitedBy },
    ...(username !== undefined && { username }),
    ...(link.groupId !== undefined && { groupId: link.groupId }),
    agreedAt: services.now(),
  };
  await new SignUps(services.table).add(signUp);
  await overwrite(ctx, [ctx.msg?.text ?? '', '', text.agreed].join('\n'));
  return askPhoto(turn, signUp);
}

/** Nothing was kept, and nothing is. */
export async function refuse({ ctx }: GuestTurn, { groupId }: GuestLink): Promise<void> {
  await acknowledge(ctx);
  await overwrite(ctx, groupId === undefined ? text.refused : text.refusedToJoin);
}

async function askPhoto({ services, ctx }: GuestTurn, { userId }: SignUp): Promise<void> {
  const hasOne = await hasProfilePhoto(ctx);
  const { message_id: questionId } = await ctx.reply(
    hasOne ? text.askPhoto : text.askSelfie,
    hasOne ? { reply_markup: photoChoices() } : {},
  );
  await new SignUps(services.table).change(userId, { questionId });
}

/** Their sign-up; undefined, too, when a host has removed the guest whom they became: then they may begin anew. */
export async function knownAlready({ services, ctx }: GuestTurn): Promise<SignUp | undefined> {
  const signUps = new SignUps(services.table);
  const known = await signUps.get(ctx.from!.id);
  if (known?.guestId === undefined || (await services.guests.get(known.guestId))) return known;
  await signUps.remove(known.userId);
  return undefined;
}

/**
 * Goes on where they are, by the link that they open now: when it is another of the same host's, or theirs is over. A
 * host who knows nothing of them yet is asked.
 */
async function goOnBy(turn: GuestTurn, known: SignUp, link: GuestLink): Promise<unknown> {
  const { services } = turn;
  const { userId, invitedBy } = known;
  const links = new GuestLinks(services);
  const goesOver =
    stepOf(known) !== 'welcomed' &&
    link.id !== known.linkId &&
    (link.invitedBy === invitedBy || (await isLapsed(links, known))) &&
    (await problemWith(turn, link)) === undefined &&
    (await links.takePlace(link, userId));
  if (!goesOver) return resume(turn, known);
  const change = { linkId: link.id, invitedBy: link.invitedBy };
  const moved = (await new SignUps(services.table).change(userId, change)) ?? known;
  return moved.song && stepOf(moved) === 'answer' && moved.invitedBy !== invitedBy
    ? askHost(turn, moved, moved.song)
    : resume(turn, moved);
}

/** Goes on where they are. */
async function resume(turn: GuestTurn, signUp: SignUp): Promise<unknown> {
  const { services, ctx } = turn;
  switch (stepOf(signUp)) {
    case 'photo':
      return askPhoto(turn, signUp);
    case 'song':
      return askSong(turn, signUp, { anew: true });
    case 'answer':
      return ctx.reply(text.stillAsked(await hostName(services, signUp.invitedBy)));
    case 'welcomed':
      return ctx.reply(text.alreadyOnTheList);
  }
}

/** Why nobody, or not this one, can sign up by a link, in words. */
export async function problemWith(
  { services, ctx }: GuestTurn,
  link: GuestLink,
): Promise<string | undefined> {
  if (!(await new GuestLinks(services).isOpen(link))) return text.over;
  const isDeclined = await new LinkTries(services.table).isDeclined(link.id, ctx.from!.id);
  return isDeclined ? text.declinedBefore(await hostName(services, link.invitedBy)) : undefined;
}

/** As they call themselves; nobody is called nothing. */
export function nameOf({
  first_name: first,
  last_name: last = '',
}: Pick<User, 'first_name' | 'last_name'>): string {
  const names = [`${first} ${last}`, first, last].map(readName);
  return names.flatMap((one) => ('name' in one ? [one.name] : []))[0] ?? text.nameless;
}

import { forget, type Receipt } from '../../party/forget/forget.ts';
import type { Scope } from '../../party/forget/scopes.ts';
import { isRecapPictureSent } from '../../party/parties/recap-picture.ts';
import type { Services } from '../../party/services.ts';
import type { Aws } from '../aws/aws.ts';
import type { Camera } from '../camera/camera.ts';
import { forgetTalk } from './forget-talk.ts';
import type { HostChat } from './host-chat.ts';
import type { Kept } from './kept.ts';
import { forgetOthersPhotos, isAnythingSince, madeIn, type Span } from './made-in.ts';
import { sampleName, rehearsalText as text } from './rehearsal.text.ts';
import { RehearsalError } from './rehearsal-error.ts';
import { until } from './until.ts';

/** What clearing takes. */
export interface ClearParts {
  readonly chat: HostChat;
  readonly camera: Pick<Camera, 'choose' | 'forget'>;
  readonly services: Services;
  readonly aws: Pick<Aws, 'topics' | 'compactTables'>;
  readonly signal: AbortSignal;
}

/**
 * Takes away all that a rehearsal made, as `/forget` would, and whomever its host named meanwhile; its messages, and the
 * camera's pictures of it; all of it from the disk too. The camera is again what it was. Safe to repeat.
 *
 * @throws RehearsalError when something of it is left
 */
export async function clear(kept: Kept, parts: ClearParts): Promise<void> {
  const { chat, camera, services, aws } = parts;
  const { startedAt, endedAt, partyId } = kept;
  await endItsParty(kept, parts);
  // Where its end is not known, nobody is taken for the rehearsal's but its sample: real guests may have come since.
  const span = { from: startedAt, to: endedAt ?? startedAt };
  const receipts: Receipt[] = [];
  for (const scope of await scopesOf(kept, span, services)) receipts.push(await forget(services, scope));
  await forgetOthersPhotos(services, span);
  if (receipts.some(({ left }) => Object.values(left).some((number) => number > 0)))
    throw new RehearsalError(text.leftBehind);
  await camera.forget(span.from, span.to);
  if (partyId !== undefined) aws.topics.forget(({ message }) => message.includes(partyId));
  // What was asked about it since then, such as /guests, is the rehearsal's too, as long as nothing real has come.
  const isAllIts = endedAt !== undefined && !(await isAnythingSince(services, endedAt));
  const upTo = isAllIts ? chat.newest : (kept.upTo ?? chat.newest);
  await forgetTalk(services, kept.chatId, chat.erase(kept.after, upTo));
  aws.compactTables();
}

/**
 * The party goes first, so that nobody arrives at it any more; and the camera, which nobody is to see then.
 *
 * @returns whether it was on
 */
export async function endItsParty(
  { partyId, startedAt, camera: before }: Kept,
  { chat, camera, services, signal }: ClearParts,
): Promise<boolean> {
  const { parties } = services;
  const party = await parties.latest();
  const isIts = party && (partyId === undefined ? party.startedAt >= startedAt : party.id === partyId);
  if (isIts) {
    chat.say('/end_party');
    await until('The end of the party', async () => (await parties.latest())?.id !== party.id, signal);
    await chat.settled();
  }
  const itsId = partyId ?? (isIts ? party.id : undefined);
  if (itsId !== undefined) await lastMessage(services, itsId, signal);
  // Only a page can be the webcam again, and asks its person first.
  await camera.choose(before === 'webcam' ? 'off' : before).catch(() => camera.choose('off'));
  return Boolean(isIts);
}

/** The recap's picture comes by itself, when it is drawn. One that does not come keeps nobody. */
async function lastMessage(services: Services, partyId: string, signal: AbortSignal): Promise<void> {
  const isThere = async (): Promise<boolean> =>
    (await services.arrivals.list(partyId)).length === 0 ||
    (await isRecapPictureSent(services, partyId, { audience: 'host' }));
  await until('The picture of the recap', isThere, signal).catch((error: unknown) => {
    if (!(error instanceof RehearsalError)) throw error;
  });
}

async function scopesOf(
  { partyId, startedAt }: Kept,
  span: Span,
  { guests, parties }: Services,
): Promise<Scope[]> {
  const samples = (await guests.list()).filter((guest) => guest.name === sampleName || madeIn(span, guest));
  const past = (await parties.past()).filter(({ id, startedAt: from }) =>
    partyId === undefined ? from >= startedAt : id === partyId,
  );
  return [
    ...samples.map(({ id }): Scope => ({ what: 'guest', guestId: id })),
    ...past.map(({ id }): Scope => ({ what: 'party', partyId: id })),
  ];
}

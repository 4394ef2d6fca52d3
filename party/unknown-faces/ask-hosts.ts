import { second } from '../clock.ts';
import type { Dispatcher } from '../outbox/dispatcher.ts';
import type { Party } from '../parties/party.ts';
import type { Services } from '../services.ts';
import { CardLimits } from './card-limits.ts';
import { cardMessage, moreUnknownMessage } from './cards.ts';
import { type UnknownFace, UnknownFaces } from './unknown-faces.ts';

/** Indexing a face takes seconds; one that takes longer was cut short, and is begun anew: milliseconds. */
const indexedWithin = 30 * second;

/**
 * Asks all hosts, in private, who an unknown face is: now, or with all others in one message. Safe to repeat.
 *
 * @returns how they were asked; `later` when that has to wait, for the last card was a moment ago
 */
export async function askHosts(
  { table, hosts, settings, now }: Pick<Services, 'table' | 'hosts' | 'settings' | 'now'>,
  dispatcher: Pick<Dispatcher, 'send'>,
  face: UnknownFace,
): Promise<'asked' | 'together' | 'later' | 'off'> {
  const unknown = new UnknownFaces(table);
  if (!(await settings.readNow()).unknownFaces) return 'off';
  const may = await new CardLimits(table, face.partyId).takeCard(face.id, now());
  if (may === 'later') return 'later';
  if (may === 'together') await unknown.intoDigest(face);
  const message = may === 'now' ? cardMessage : moreUnknownMessage;
  for (const { userId } of await hosts.list()) await dispatcher.send(message(face, userId));
  if (may === 'together') return 'together';
  await unknown.asked(face, now());
  return 'asked';
}

/** Takes up the next unknown face that had to wait, or whose indexing was cut short: one at a time, by the tick. */
export async function takeUpWaiting(
  { table, settings, pictures, now }: Pick<Services, 'table' | 'settings' | 'pictures' | 'now'>,
  { id: partyId }: Pick<Party, 'id'>,
): Promise<void> {
  if (!(await settings.read()).unknownFaces) return;
  const faces = await new UnknownFaces(table).list(partyId);
  const next = faces.find(
    ({ is, askedAt, isInDigest, photo, time }) =>
      !is && askedAt === undefined && !isInDigest && (photo || time < now() - indexedWithin),
  );
  if (next) await pictures.ask({ job: 'unknown-face', partyId, unknownId: next.id });
}

import { minute } from '../clock.ts';
import { NotSentError } from '../errors.ts';
import { loggable } from '../loggable.ts';
import type { Services } from '../services.ts';
import type { Party } from './parties.ts';
import { watchedUntil } from './watch.ts';

/** A camera that has sent nothing during a party since a time, milliseconds since 1970. */
export interface Silence {
  /** The chat that is told. */
  readonly chatId: number;
  readonly since: number;
}

/** Tells a party's chat of a silence. Throws NotSentError when the message surely is not there. */
export type TellSilence = (silence: Silence) => Promise<void>;

/** A shorter one ends by itself, and is told as a gap when the camera is back. */
const longestSilence = minute;

/** Longer than the Lambda that tells of silences can live (30 s). */
const lease = minute;

/**
 * Tells, once each, of a camera that has been silent for a minute and still is. When it is back, the gap is told by
 * the watch: from when to when nobody watched.
 */
export async function noticeSilence(
  { claims, now, log }: Pick<Services, 'claims' | 'now' | 'log'>,
  party: Party,
  tell: TellSilence,
): Promise<void> {
  const since = watchedUntil(party);
  if (now() < since + longestSilence || now() >= party.endsAt) return;
  const key = { pk: `PARTY#${party.id}`, sk: `silence#${since}` };
  if ((await claims.claim(key, lease)).outcome !== 'claimed') return;
  try {
    await tell({ chatId: party.chatId, since });
  } catch (error) {
    log.warn('A silence was not told', { partyId: party.id, ...loggable(error) });
    if (error instanceof NotSentError) await claims.giveBack(key, error.retryAt);
    return;
  }
  await claims.done(key);
}

import { RecognitionError } from '../errors.ts';
import { loggable } from '../loggable.ts';
import { withRecognitionLock } from '../recognition/lock.ts';
import type { Services } from '../services.ts';
import type { Party } from './parties.ts';

/** Whose party it is to be, and until when. */
export type NewParty = Pick<Party, 'chatId' | 'threadId' | 'startedBy' | 'endsAt'>;

/** What came of starting a party. Unless it is `started`, no new party is on. */
export type PartyStart =
  | { readonly outcome: 'started'; readonly party: Party }
  /** Another one is on, or has not been ended. */
  | { readonly outcome: 'on already'; readonly party: Party }
  /** The recognition is being started or stopped by somebody else right now. */
  | { readonly outcome: 'busy' }
  /** `reason` is for the host; there is none for what nobody foresaw. */
  | { readonly outcome: 'failed'; readonly reason?: string };

type StartServices = Pick<Services, 'parties' | 'collection' | 'recognition' | 'claims' | 'log' | 'now'>;

/**
 * Starts a party: the recognition first, then the party, so that a start that is cut short leaves no party behind
 * that nothing watches. A start that fails stops the recognition again. Safe to repeat.
 */
export async function startParty(services: StartServices, what: NewParty): Promise<PartyStart> {
  const { parties, log } = services;
  const locked = await withRecognitionLock(services, async (): Promise<PartyStart> => {
    const failure = await startRecognition(services);
    if (failure) return failure;
    const party = await parties.start(what);
    if (party) return { outcome: 'started', party };
    const other = await parties.latest();
    return other ? { outcome: 'on already', party: other } : { outcome: 'failed' };
  });
  if (!locked) return { outcome: 'busy' };
  const start = locked.result;
  if (start.outcome === 'started')
    log.info('A party started', { partyId: start.party.id, endsAt: start.party.endsAt });
  return start;
}

/** @returns what went wrong; undefined when it is on */
async function startRecognition({
  collection,
  recognition,
  log,
}: StartServices): Promise<PartyStart | undefined> {
  try {
    // The faces may be looked for before the first one is known.
    await collection.ensure();
    await recognition.start();
    return undefined;
  } catch (error) {
    log.error('The recognition did not start', loggable(error));
    // It may be half way: unwatched, it would cost money.
    await recognition.stop().catch((stop) => log.error('The recognition did not stop', loggable(stop)));
    return { outcome: 'failed', ...(error instanceof RecognitionError && { reason: error.message }) };
  }
}

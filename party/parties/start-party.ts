import { loggable } from '../loggable.ts';
import { withRecognitionLock } from '../recognition/lock.ts';
import { isPassing } from '../recognition/passing.ts';
import { Wishes } from '../recognition/wish.ts';
import type { Services } from '../services.ts';
import type { NewParty, Party } from './party.ts';
import { type WhyNotStarted, whyNotStarted } from './why-not-started.ts';

/** What came of starting a party. Unless it is `started`, no new party is on. */
export type PartyStart =
  | { readonly outcome: 'started'; readonly party: Party }
  /** Another one is on, or has not been ended. */
  | { readonly outcome: 'on already'; readonly party: Party }
  /** The recognition is being started or stopped by somebody else right now. */
  | { readonly outcome: 'busy' }
  /** It may still come: the recognition is left as it is, and whoever starts the party again goes on from there. */
  | ({ readonly outcome: 'not yet' } & WhyNotStarted)
  /** Somebody did not want it any more. */
  | { readonly outcome: 'called off' }
  | ({ readonly outcome: 'failed' } & WhyNotStarted);

type StartServices = Pick<
  Services,
  'parties' | 'collection' | 'recognition' | 'claims' | 'table' | 'log' | 'now'
>;

/**
 * Starts a party: the recognition first, then the party, so that a start that is cut short leaves no party behind
 * that nothing watches. A start that fails stops the recognition again. Safe to repeat.
 *
 * @param until how long it may take, milliseconds since 1970
 * @param isWanted asked once the recognition is on, which takes a while: whether the party is still to start
 */
export async function startParty(
  services: StartServices,
  what: NewParty,
  until?: number,
  isWanted: () => Promise<boolean> = async () => true,
): Promise<PartyStart> {
  const { parties, recognition, log } = services;
  const locked = await withRecognitionLock(services, async (): Promise<PartyStart> => {
    const failure = await startRecognition(services, until);
    if (failure) return failure;
    if (!(await isWanted())) {
      await recognition.stop();
      return { outcome: 'called off' };
    }
    const party = await parties.start(what);
    if (party) {
      await tellProducer(services, party);
      return { outcome: 'started', party };
    }
    const other = await parties.latest();
    return other ? { outcome: 'on already', party: other } : { outcome: 'failed' };
  });
  if (!locked) return { outcome: 'busy' };
  const start = locked.result;
  if (start.outcome === 'started')
    log.info('A party started', { partyId: start.party.id, endsAt: start.party.endsAt });
  return start;
}

/** The producer may have searched whoever is at the door already, for nothing: it looks again then. */
async function tellProducer({ table, now, log }: StartServices, { startedAt }: Party): Promise<void> {
  await new Wishes(table, now).partyStarted(startedAt).catch((error: unknown) => {
    // The party is on all the same.
    log.warn('The producer was not told of the start of a party', loggable(error));
  });
}

/** @returns what went wrong; undefined when it is on */
async function startRecognition(
  { collection, recognition, log }: StartServices,
  until: number | undefined,
): Promise<PartyStart | undefined> {
  try {
    // The faces may be looked for before the first one is known.
    await collection.ensure();
    await recognition.start(until);
    return undefined;
  } catch (error) {
    const why = whyNotStarted(error);
    if (isPassing(error)) {
      log.warn('The recognition has not started yet', loggable(error));
      return { outcome: 'not yet', ...why };
    }
    log.error('The recognition did not start', loggable(error));
    // It may be half way: unwatched, it would cost money.
    await recognition.stop().catch((stop) => log.error('The recognition did not stop', loggable(stop)));
    return { outcome: 'failed', ...why };
  }
}

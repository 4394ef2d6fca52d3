import { type Clock, minute, second } from '../clock.ts';
import { Recent } from '../recent.ts';
import type { Parties } from './parties.ts';
import type { Party, PastParty } from './party.ts';

/**
 * Frames of a party that is over still count for so long, milliseconds: what was seen in time may be handled late.
 * A record is given up when it is a minute old (`infra/functions/match.ts`), unless the clocks disagree.
 */
const lateFor = 5 * minute;

/** For so long it is as good as true which party is on, milliseconds, where nothing is decided by it. */
const latelyIs = second;

/**
 * Whether a frame was taken during a party: after its start, for what lay on the stream before is a backlog, and not
 * after its end, whenever its record is handled.
 *
 * @param time the frame's, milliseconds since 1970
 */
export function isDuring(party: Party | PastParty, time: number): boolean {
  return time > party.startedAt && time <= endOf(party);
}

/** A party may be put among the past ones before its time is over. */
const endOf = (party: Party | PastParty): number =>
  'endedAt' in party ? Math.min(party.endsAt, party.endedAt) : party.endsAt;

/** Looks up which party frames belong to. */
export class PartyOfFrame {
  readonly #parties: Pick<Parties, 'latest' | 'lastPast'>;
  readonly #now: Clock;
  readonly #latest: Recent<Party | undefined>;

  constructor(parties: Pick<Parties, 'latest' | 'lastPast'>, now: Clock) {
    this.#parties = parties;
    this.#now = now;
    this.#latest = new Recent(now);
  }

  /** The party that was started last and not ended, as it was within the last second: costs nothing most times. */
  async lately(): Promise<Party | undefined> {
    const recent = this.#latest.get('latest');
    return recent ? recent.answer : this.#look();
  }

  /**
   * The parties that these frames may belong to, as they are now: the one started last, and the one before it if a
   * frame is not of the first.
   */
  async of(times: readonly number[]): Promise<Party[]> {
    // In this order: a party that is ended in between is found among the past ones.
    const latest = await this.#look();
    const isLatest = (time: number): boolean => latest !== undefined && isDuring(latest, time);
    const past = times.every(isLatest) ? undefined : await this.#parties.lastPast();
    return [latest, past].flatMap((party) => (party && this.#now() <= endOf(party) + lateFor ? [party] : []));
  }

  async #look(): Promise<Party | undefined> {
    const latest = await this.#parties.latest();
    this.#latest.keep('latest', latest, latelyIs);
    return latest;
  }
}

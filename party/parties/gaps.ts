import { type Clock, minute, second } from '../clock.ts';
import { type Claim, type Claimed, Claims, isLeftOver } from '../outbox/claim.ts';
import type { Key, Table } from '../stores/table.ts';

/** A time in a party in which nobody watched the door. Milliseconds since 1970. */
export interface Gap {
  readonly from: number;
  readonly to: number;
}

/** A gap as it is kept: the outbox of the message that tells of it. */
export interface KeptGap extends Gap {
  readonly partyId: string;
  /** The chat that is told. */
  readonly chatId: number;
}

/** What a shorter pause misses, the next seconds show: nobody comes through a door that fast. */
const longestPause = 10 * second;

/** Longer than any Lambda that tells of gaps can live (30 s). */
const lease = minute;

/**
 * When nobody watched: the pauses of over ten seconds between moments of watching.
 *
 * @param moments in any order, milliseconds since 1970
 */
export function gapsBetween(moments: readonly number[]): Gap[] {
  const inOrder = [...moments].sort((a, b) => a - b);
  return inOrder.slice(1).flatMap((to, index) => {
    const from = inOrder[index]!;
    return to - from > longestPause ? [{ from, to }] : [];
  });
}

const pk = (partyId: string): string => `PARTY#${partyId}`;
const gapKey = ({ partyId, from }: Pick<KeptGap, 'partyId' | 'from'>): Key => ({
  pk: pk(partyId),
  sk: `gap#${from}`,
});

/** The gaps of each party, and whether its chat was told of them. */
export class Gaps {
  readonly #table: Table;
  readonly #claims: Claims;
  readonly #now: Clock;

  constructor(table: Table, now: Clock) {
    this.#table = table;
    this.#claims = new Claims(table, now);
    this.#now = now;
  }

  /** Claims the telling of a gap. There is one of a beginning: where it ends, its first claim says. */
  async claim({ partyId, chatId, from, to }: KeptGap): Promise<Claimed<KeptGap>> {
    return this.#claims.claim<KeptGap>(gapKey({ partyId, from }), lease, { partyId, chatId, from, to });
  }

  /** The message is in the chat. */
  async told(gap: KeptGap): Promise<void> {
    await this.#claims.done(gapKey(gap));
  }

  /**
   * The message is surely not in the chat: it may be tried again from a time on.
   *
   * @param at milliseconds since 1970
   */
  async notTold(gap: KeptGap, at: number): Promise<void> {
    await this.#claims.giveBack(gapKey(gap), at);
  }

  /** All gaps of a party, in their order. */
  async list(partyId: string): Promise<Array<KeptGap & Claim>> {
    const gaps = await this.#table.query<KeptGap & Claim>(pk(partyId), 'gap#');
    return gaps.sort((a, b) => a.from - b.from);
  }

  /** Those that the chat is still to be told of, by whoever claims them now. */
  async leftOver(partyId: string): Promise<KeptGap[]> {
    const now = this.#now();
    return (await this.list(partyId)).filter((gap) => isLeftOver(gap, now));
  }
}

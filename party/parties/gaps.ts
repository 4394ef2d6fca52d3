import { type Clock, second } from '../clock.ts';
import { type Claim, Claims, isPending } from '../outbox/claim.ts';
import { type Delivery, Outbox } from '../outbox/outbox.ts';
import type { Key, Table } from '../stores/table.ts';
import { partyPartition } from './parties.ts';

/** A time in a party in which nobody watched the door. Milliseconds since 1970. */
export interface Gap {
  readonly from: number;
  readonly to: number;
}

/** A gap as it is kept; its item is also that of its message in the outbox. */
export interface KeptGap extends Gap {
  readonly partyId: string;
  /** The chat that hears of it. */
  readonly chatId: number;
}

/** What a shorter pause misses, the next seconds show: nobody comes through a door that fast. */
const longestPause = 10 * second;

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

const gapKey = ({ partyId, from }: Pick<KeptGap, 'partyId' | 'from'>): Key => ({
  pk: partyPartition(partyId),
  sk: `gap#${from}`,
});

/** The gaps of each party, and whether its chat heard of them. */
export class Gaps {
  readonly #table: Table;
  readonly #outbox: Outbox;
  readonly #now: Clock;

  constructor(table: Table, now: Clock) {
    this.#table = table;
    this.#outbox = new Outbox(new Claims(table, now));
    this.#now = now;
  }

  /**
   * Sends a gap's message, once. There is one gap of a beginning: where it ends, its first claim says.
   *
   * @param send gets the gap as it is kept
   */
  async deliver(
    { partyId, chatId, from, to }: KeptGap,
    send: (gap: KeptGap & Claim) => Promise<void>,
  ): Promise<Delivery> {
    return this.#outbox.send<KeptGap>(gapKey({ partyId, from }), { partyId, chatId, from, to }, send);
  }

  /** All gaps of a party, in their order. */
  async list(partyId: string): Promise<Array<KeptGap & Claim>> {
    const gaps = await this.#table.query<KeptGap & Claim>(partyPartition(partyId), 'gap#');
    return gaps.sort((a, b) => a.from - b.from);
  }

  /** Those that the chat is still to hear of, for whoever claims them now. */
  async pending(partyId: string): Promise<KeptGap[]> {
    const now = this.#now();
    return (await this.list(partyId)).filter((gap) => isPending(gap, now));
  }
}

import { second } from '../clock.ts';
import type { Claim } from '../outbox/claim.ts';
import { type Message, type Place, placeOf } from '../outbox/message.ts';
import type { Key, Table } from '../stores/table.ts';
import type { InterruptionCause } from './interruptions.ts';
import { partyPartition } from './party.ts';

/** A time in a party in which nobody watched the door. Milliseconds since 1970. */
export interface Gap {
  readonly from: number;
  readonly to: number;
}

/** A gap as it is kept, told at its place; its item is also that of its message in the outbox. */
export interface KeptGap extends Gap, Place {
  readonly partyId: string;
  /** Absent where it is not known. */
  readonly cause?: InterruptionCause;
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

/** A gap's message. There is one gap of a beginning: where it ends, its first claim says. */
export function gapMessage(gap: KeptGap): Message {
  const { partyId, from, to, cause } = gap;
  const place = placeOf(gap);
  return {
    kind: 'gap',
    key: gapKey(gap),
    place,
    time: from,
    details: { partyId, ...place, from, to, ...(cause && { cause }) },
  };
}

/** The gaps of each party. */
export class Gaps {
  readonly #table: Table;

  constructor(table: Table) {
    this.#table = table;
  }

  /** All gaps of a party, in their order. */
  async list(partyId: string): Promise<Array<KeptGap & Claim>> {
    const gaps = await this.#table.query<KeptGap & Claim>(partyPartition(partyId), 'gap#');
    return gaps.sort((a, b) => a.from - b.from);
  }
}

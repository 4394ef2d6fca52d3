import { partyPartition } from '../parties/party.ts';
import type { Key, Table } from '../stores/table.ts';
import type { Arrival } from './arrivals.ts';

/** Which arrival: a guest may have several at a party, when all but the last were taken back. */
export type ArrivalPlace = Pick<Arrival, 'partyId' | 'guestId' | 'time'>;

/** Stands for somebody who is no guest. */
export const noGuest = '-';

/** An arrival that was taken back, for it was somebody else. */
export interface Mistake extends Arrival {
  /** The host who was asked who it was. */
  readonly askedBy?: number;
  /** Who it was: a guest's id, or {@link noGuest}. Absent until somebody has said so. */
  readonly whoWas?: string;
}

const mistakeKey = ({ partyId, guestId, time }: ArrivalPlace): Key => ({
  pk: partyPartition(partyId),
  sk: `mistake#${guestId}#${time}`,
});

/** The arrivals that were taken back. */
export class Mistakes {
  readonly #table: Table;

  constructor(table: Table) {
    this.#table = table;
  }

  async get(place: ArrivalPlace): Promise<Mistake | undefined> {
    return this.#table.get<Mistake>(mistakeKey(place));
  }

  /**
   * Keeps what is known of an arrival that is being taken back. Safe to repeat. One that was the guest after all stands
   * again at the same time: taken back once more, it is a mistake of its own.
   */
  async keep(arrival: Arrival): Promise<Mistake> {
    const mistake: Mistake = arrival;
    const kept = { ...mistake, ...mistakeKey(arrival) };
    const condition = 'attribute_not_exists(#pk) OR #whoWas = :guestId';
    return (await this.#table.put(kept, condition, { guestId: arrival.guestId }))
      ? mistake
      : ((await this.get(arrival)) ?? mistake);
  }

  /** Of several hosts who say that it was somebody else, one is asked who. @returns whether it is this one */
  async ask(place: ArrivalPlace, userId: number): Promise<boolean> {
    const asked = await this.#table.update(
      mistakeKey(place),
      'SET #askedBy = :userId',
      { userId },
      'attribute_exists(#pk) AND (attribute_not_exists(#askedBy) OR #askedBy = :userId)',
    );
    return asked !== undefined;
  }

  /**
   * Notes who it was. The first answer counts; it may come again.
   *
   * @returns false when there was another answer
   */
  async settle(place: ArrivalPlace, whoWas: string): Promise<boolean> {
    const settled = await this.#table.update(
      mistakeKey(place),
      'SET #whoWas = :whoWas',
      { whoWas },
      'attribute_exists(#pk) AND (attribute_not_exists(#whoWas) OR #whoWas = :whoWas)',
    );
    return settled !== undefined;
  }
}

import { minute } from '../clock.ts';
import { partyPartition } from '../parties/party.ts';
import type { Table } from '../stores/table.ts';

/** At most so many cards a party, one in so long (milliseconds). A host has guests to look after. */
export const mostCards = 10;
export const betweenCards = minute;

/** A picture on a wall may be noticed again and again and never do: each try costs a call of IndexFaces. */
const mostTries = 200;

interface LimitsItem {
  readonly cards?: number;
  readonly lastAt?: number;
  /** The face that the last card was for, by its id. */
  readonly lastFor?: string;
}

/** Whether a host may be asked: now; later, for the last card was a moment ago; or with all others in one message. */
export type MayAsk = 'now' | 'later' | 'together';

const limitsKey = (partyId: string) => ({ pk: partyPartition(partyId), sk: 'card-limits' });

/** How often hosts are asked about unknown faces at a party. Of many who ask for the same card one is given it. */
export class CardLimits {
  readonly #table: Table;
  readonly #partyId: string;

  constructor(table: Table, partyId: string) {
    this.#table = table;
    this.#partyId = partyId;
  }

  /**
   * Takes the next card for a face, if there is one; for the face that took the last, that is the same one.
   *
   * @param now milliseconds since 1970
   */
  async takeCard(id: string, now: number): Promise<MayAsk> {
    const key = limitsKey(this.#partyId);
    if ((await this.#table.get<LimitsItem>(key))?.lastFor === id) return 'now';
    const values = { now, before: now - betweenCards, one: 1, most: mostCards, id };
    const taken = await this.#table.update(
      key,
      'SET #lastAt = :now, #lastFor = :id ADD #cards :one',
      values,
      // One from the future is of a clock that was set back.
      '(attribute_not_exists(#cards) OR #cards < :most) AND (attribute_not_exists(#lastAt) OR #lastAt <= :before OR #lastAt > :now)',
    );
    if (taken) return 'now';
    const { cards = 0 } = (await this.#table.get<LimitsItem>(key)) ?? {};
    return cards >= mostCards ? 'together' : 'later';
  }

  /** Whether one more face may be indexed. */
  async takeTry(): Promise<boolean> {
    const condition = 'attribute_not_exists(#tries) OR #tries < :most';
    const values = { one: 1, most: mostTries };
    return (
      (await this.#table.update(limitsKey(this.#partyId), 'ADD #tries :one', values, condition)) !== undefined
    );
  }
}

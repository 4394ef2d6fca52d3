import type { Config } from '../config.ts';
import type { Party } from '../parties/party.ts';
import { type Pulse, Pulses } from '../recognition/pulse.ts';
import type { Table } from '../stores/table.ts';
import type { Cost } from './cost.ts';
import { type PricedRecognition, partyCost } from './party-cost.ts';
import { SearchCounts } from './search-counts.ts';

/** What parties cost, where the deployment has prices. */
export class Costs {
  readonly #table: Table;
  readonly #searches: SearchCounts;
  readonly #recognition: PricedRecognition;

  constructor(table: Table, recognition: PricedRecognition) {
    this.#table = table;
    this.#searches = new SearchCounts(table);
    this.#recognition = recognition;
  }

  /** Notes what of a party that is on will not be known later. */
  async note(party: Pick<Party, 'id'>): Promise<void> {
    await this.#searches.note(party, await new Pulses(this.#table).read());
  }

  /**
   * What a party has cost.
   *
   * @param until milliseconds since 1970
   * @param arrivals how many guests came
   * @param pulse the newest, of a party that is on
   */
  async of(
    party: Pick<Party, 'id' | 'startedAt'>,
    until: number,
    arrivals: number,
    pulse?: Pulse,
  ): Promise<Cost> {
    const length = Math.max(0, until - party.startedAt);
    const searches = await this.#searches.of(party, pulse);
    return partyCost({ length, arrivals, searches }, this.#recognition);
  }
}

/** @returns undefined where the deployment has no prices, or recognises nobody */
export function createCosts({ PRICE_LIST, RECOGNITION }: Config, table: Table): Costs | undefined {
  return PRICE_LIST === undefined || RECOGNITION === 'asleep' ? undefined : new Costs(table, RECOGNITION);
}

import { type Party, partyPartition } from '../parties/party.ts';
import type { Pulse } from '../recognition/pulse.ts';
import type { Key, Table } from '../stores/table.ts';

const key = (partyId: string): Key => ({ pk: partyPartition(partyId), sk: 'searches' });

/** How many searches each producer made, by its id. */
type Counts = Readonly<Record<string, number>>;

/**
 * How many faces were searched in a party. A producer counts its own and begins anew when it is started anew, so what its
 * pulse says is noted while the party is on.
 */
export class SearchCounts {
  readonly #table: Table;

  constructor(table: Table) {
    this.#table = table;
  }

  /** Notes what a pulse says; one of a producer that only waits says nothing. Less than before changes nothing. */
  async note({ id: partyId }: Pick<Party, 'id'>, pulse: Pulse | undefined): Promise<void> {
    const before = await this.#read(partyId);
    const counts = withPulse(before, pulse);
    if (counts !== before) await this.#table.put({ ...key(partyId), counts });
  }

  /** @param pulse the newest, which need not have been noted yet */
  async of({ id: partyId }: Pick<Party, 'id'>, pulse?: Pulse): Promise<number> {
    const counts = withPulse(await this.#read(partyId), pulse);
    return Object.values(counts).reduce((sum, count) => sum + count, 0);
  }

  async #read(partyId: string): Promise<Counts> {
    return (await this.#table.get<{ readonly counts: Counts }>(key(partyId)))?.counts ?? {};
  }
}

function withPulse(counts: Counts, pulse: Pulse | undefined): Counts {
  if (pulse?.serves === undefined) return counts;
  const { id = 'nameless', calls } = pulse;
  return calls > (counts[id] ?? 0) ? { ...counts, [id]: calls } : counts;
}

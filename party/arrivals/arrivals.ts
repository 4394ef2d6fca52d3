import type { Claim } from '../outbox/claim.ts';
import { type Message, type Place, placeOf } from '../outbox/message.ts';
import { partyPartition } from '../parties/parties.ts';
import type { RatioBox } from '../record/record.ts';
import type { Key, Table } from '../stores/table.ts';

/** A guest's one arrival at a party, told at its place; its item is also that of its message in the outbox. */
export interface Arrival extends Place {
  readonly partyId: string;
  readonly guestId: string;
  readonly name: string;
  /** When the guest was seen, milliseconds since 1970: the frame's time. */
  readonly time: number;
  /** Where in the frame. */
  readonly box: RatioBox;
  /** 0 to 100. */
  readonly similarity: number;
  /** The song that goes with it, once chosen. */
  readonly songId?: string;
  /** The message that announced it, once sent. */
  readonly messageId?: number;
  /** The chat that it was sent to: not the arrival's own if that had moved or was gone. */
  readonly toldIn?: number;
  /** The name was told already, together with others. */
  readonly named?: boolean;
}

interface ArrivalItem extends Arrival, Claim {
  /** The times of the frames that the guest was seen in before arriving. */
  readonly seen?: ReadonlySet<number>;
}

const arrivalKey = ({ partyId, guestId }: Pick<Arrival, 'partyId' | 'guestId'>): Key => ({
  pk: partyPartition(partyId),
  sk: `guest#${guestId}`,
});

/** An arrival's message. What a first claim wrote stays: the first frame is when a guest came. */
export function arrivalMessage(arrival: Arrival): Message {
  const { partyId, guestId, name, time, box, similarity } = arrival;
  const place = placeOf(arrival);
  const details = { partyId, guestId, name, ...place, time, box, similarity };
  return { kind: 'arrival', key: arrivalKey(arrival), place, time, details };
}

/** Who was seen, and who has arrived. */
export class Arrivals {
  readonly #table: Table;

  constructor(table: Table) {
    this.#table = table;
  }

  /**
   * Adds the times of frames in which a guest was seen. A frame that comes twice counts once: the times are a
   * set, and adding to it is atomic.
   *
   * @returns all times so far, and whether the guest's arrival is already claimed or done
   */
  async see(
    guest: Pick<Arrival, 'partyId' | 'guestId'>,
    times: readonly number[],
  ): Promise<{ times: ReadonlySet<number>; arrived: boolean }> {
    const item = await this.#table.update<ArrivalItem>(arrivalKey(guest), 'ADD #seen :times', {
      times: new Set(times),
    });
    return { times: item?.seen ?? new Set(), arrived: item?.claim !== undefined };
  }

  /** Keeps the song that was chosen, so that every try sends the same. */
  async keepSong(arrival: Arrival, songId: string): Promise<void> {
    await this.#table.update(arrivalKey(arrival), 'SET #songId = :songId', { songId });
  }

  /** Keeps what was sent in place of a song that could not be: another one, or none. */
  async playedInstead(arrival: Arrival, songId: string | undefined): Promise<void> {
    if (songId !== undefined) return this.keepSong(arrival, songId);
    await this.#table.update(arrivalKey(arrival), 'REMOVE #songId', {});
  }

  /**
   * The message is in the chat. The claim stays until what follows the message is on its way too, so that whoever
   * claims next after a sudden end does the rest, and only the rest.
   */
  async sent(arrival: Arrival, messageId: number, toldIn: number = arrival.chatId): Promise<void> {
    const values = { messageId, toldIn };
    await this.#table.update(arrivalKey(arrival), 'SET #messageId = :messageId, #toldIn = :toldIn', values);
  }

  async get(partyId: string, guestId: string): Promise<(Arrival & Claim) | undefined> {
    const item = await this.#table.get<ArrivalItem>(arrivalKey({ partyId, guestId }));
    return item?.claim ? item : undefined;
  }

  /** All arrivals of a party, in the order in which the guests came. */
  async list(partyId: string): Promise<Array<Arrival & Claim>> {
    const items = await this.#table.query<ArrivalItem>(partyPartition(partyId), 'guest#');
    return items.filter((item) => item.claim).sort((a, b) => a.time - b.time);
  }
}

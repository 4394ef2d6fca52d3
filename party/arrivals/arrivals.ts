import { type Clock, minute } from '../clock.ts';
import { type Claim, type Claimed, Claims, isLeftOver } from '../outbox/claim.ts';
import type { RatioBox } from '../record/record.ts';
import type { Key, Table } from '../stores/table.ts';

/** A guest's one arrival at a party: the outbox of the message that tells of it. */
export interface Arrival {
  readonly partyId: string;
  readonly guestId: string;
  readonly name: string;
  readonly chatId: number;
  /** When the guest was seen, milliseconds since 1970: the frame's time. */
  readonly time: number;
  /** Where in the frame. */
  readonly box: RatioBox;
  /** 0 to 100. */
  readonly similarity: number;
  /** The song that goes with it, once chosen. */
  readonly songId?: string;
  /** The message that told of it, once sent. */
  readonly messageId?: number;
}

interface ArrivalItem extends Arrival, Claim {
  /** The times of the frames that the guest was seen in before arriving. */
  readonly seen?: ReadonlySet<number>;
}

/**
 * Longer than any Lambda that claims can live (30 s), so that a lease that has ended means that its holder is
 * gone.
 */
export const arrivalLease = minute;

const pk = (partyId: string): string => `PARTY#${partyId}`;
const arrivalKey = ({ partyId, guestId }: Pick<Arrival, 'partyId' | 'guestId'>): Key => ({
  pk: pk(partyId),
  sk: `guest#${guestId}`,
});

/** Who was seen, and who has arrived. */
export class Arrivals {
  readonly #table: Table;
  readonly #claims: Claims;
  readonly #now: Clock;

  constructor(table: Table, now: Clock) {
    this.#table = table;
    this.#claims = new Claims(table, now);
    this.#now = now;
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

  /** Claims the sending of an arrival. What a first claim wrote stays: the first frame is when a guest came. */
  async claim(arrival: Arrival): Promise<Claimed<Arrival>> {
    const { partyId, guestId, name, chatId, time, box, similarity } = arrival;
    const details = { partyId, guestId, name, chatId, time, box, similarity };
    return this.#claims.claim<Arrival>(arrivalKey(arrival), arrivalLease, details);
  }

  /** Keeps the song that was chosen, so that every try sends the same. */
  async keepSong(arrival: Arrival, songId: string): Promise<void> {
    await this.#table.update(arrivalKey(arrival), 'SET #songId = :songId', { songId });
  }

  /**
   * The message is in the chat. The claim stays until what follows the message is on its way too, so that whoever
   * claims next after a sudden end does the rest, and only the rest.
   */
  async sent(arrival: Arrival, messageId: number): Promise<void> {
    await this.#table.update(arrivalKey(arrival), 'SET #messageId = :messageId', { messageId });
  }

  /** All who are to hear of it have heard, or will. */
  async done(arrival: Arrival): Promise<void> {
    await this.#claims.done(arrivalKey(arrival));
  }

  /**
   * The message is surely not in the chat: it may be tried again from a time on.
   *
   * @param at milliseconds since 1970
   */
  async notSent(arrival: Arrival, at: number): Promise<void> {
    await this.#claims.giveBack(arrivalKey(arrival), at);
  }

  async get(partyId: string, guestId: string): Promise<(Arrival & Claim) | undefined> {
    const item = await this.#table.get<ArrivalItem>(arrivalKey({ partyId, guestId }));
    return item?.claim ? item : undefined;
  }

  /** All arrivals of a party, in the order in which the guests came. */
  async list(partyId: string): Promise<Array<Arrival & Claim>> {
    const items = await this.#table.query<ArrivalItem>(pk(partyId), 'guest#');
    return items.filter((item) => item.claim).sort((a, b) => a.time - b.time);
  }

  /** Those whose telling was left unfinished, for whoever claims them now. */
  async leftOver(partyId: string): Promise<Arrival[]> {
    const now = this.#now();
    return (await this.list(partyId)).filter((arrival) => isLeftOver(arrival, now));
  }
}

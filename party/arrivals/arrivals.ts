import type { FaceLikeness } from '../guests/guests.ts';
import { type Claim, wasClaimed } from '../outbox/claim.ts';
import { type Message, type Place, placeOf } from '../outbox/message.ts';
import { partyPartition } from '../parties/party.ts';
import type { FrameClock } from '../record/frame-time.ts';
import type { RatioBox } from '../record/record.ts';
import type { Key, Table } from '../stores/table.ts';

/** A guest's one arrival at a party, told at its place; its item is also that of its message in the outbox. */
export interface Arrival extends Place {
  readonly partyId: string;
  readonly guestId: string;
  readonly name: string;
  /** When the guest was seen, milliseconds since 1970: the frame's time. */
  readonly time: number;
  /** The clock that this time is of; the producer's when not given. */
  readonly clock?: FrameClock;
  /** Where in the frame; absent for a guest whom no camera saw. */
  readonly box?: RatioBox;
  /** 0 to 100; absent when it was a host who said who it is. */
  readonly similarity?: number;
  /** The guest's faces that the one at the door was like, best first. */
  readonly like?: readonly FaceLikeness[];
  /** The song that goes with it, once chosen. */
  readonly songId?: string;
  /** The message that announced it, once sent. */
  readonly messageId?: number;
  /** The chat that it was sent to: not the arrival's own if that had moved or was gone. */
  readonly toldIn?: number;
  /** The message with its picture, once sent. */
  readonly pictureId?: number;
  /** It was not told to anybody: the guest is muted. */
  readonly quiet?: boolean;
  /** The name was told already, together with others. */
  readonly named?: boolean;
}

/** What came of adding to what was seen of a guest. */
export type SeeOutcome =
  /** Has the guest's arrival been claimed or done? `times` are of all frames so far. */
  | { readonly arrived: boolean; readonly times: ReadonlySet<number> }
  /** The arrival was taken back, and whoever saw the guest did not know of it yet: what it saw does not count. */
  | { readonly arrived: false; readonly isOutdated: true };

interface ArrivalItem extends Arrival, Claim {
  /** The times of the frames that the guest was seen in before arriving. */
  readonly seen?: ReadonlySet<number>;
  /** The party's count of corrections when this arrival was taken back last (see `Party`). */
  readonly correction?: number;
}

const arrivalKey = ({ partyId, guestId }: Pick<Arrival, 'partyId' | 'guestId'>): Key => ({
  pk: partyPartition(partyId),
  sk: `guest#${guestId}`,
});

/** An arrival's message. What a first claim wrote stays: the first frame is when a guest came. */
export function arrivalMessage(arrival: Arrival): Message {
  const { partyId, guestId, name, time, clock, box, similarity, like } = arrival;
  const place = placeOf(arrival);
  const details = {
    ...{ partyId, guestId, name, ...place, time },
    ...(clock && { clock }),
    ...(box && { box }),
    ...(similarity !== undefined && { similarity }),
    ...(like && { like }),
  };
  return { kind: 'arrival', key: arrivalKey(arrival), place, time, details };
}

/** All that an arrival leaves on its item: without it, the guest has not come. */
const ofTheArrival: ReadonlyArray<keyof ArrivalItem> = [
  ...([
    'claim',
    'holder',
    'leaseEnds',
    'attempts',
    'seen',
    'named',
    'songId',
    'messageId',
    'toldIn',
    'pictureId',
    'quiet',
  ] as const),
  ...(['time', 'clock', 'box', 'similarity', 'like', 'name', 'chatId', 'threadId', 'hostId'] as const),
];

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
   * @param corrections how many of the party's corrections whoever saw the guest knew of
   */
  async see(
    guest: Pick<Arrival, 'partyId' | 'guestId'>,
    times: readonly number[],
    corrections = 0,
  ): Promise<SeeOutcome> {
    const item = await this.#table.update<ArrivalItem>(
      arrivalKey(guest),
      'ADD #seen :times',
      { times: new Set(times), corrections },
      'attribute_not_exists(#correction) OR #correction <= :corrections',
    );
    if (!item) return { arrived: false, isOutdated: true };
    return { times: item.seen ?? new Set(), arrived: item.claim !== undefined };
  }

  /**
   * Takes an arrival back: it never was, and the guest can still arrive.
   *
   * @param correction the party's count of corrections from now on
   * @returns false when another has, the guest has arrived anew since, or it is still being told
   */
  async takeBack({ time, ...guest }: Arrival, correction: number): Promise<boolean> {
    const left = await this.#table.update(
      arrivalKey(guest),
      `SET #correction = :correction REMOVE ${ofTheArrival.map((name) => `#${name}`).join(', ')}`,
      { correction, time, done: 'done' },
      '#claim = :done AND #time = :time',
    );
    return left !== undefined;
  }

  /** A guest has arrived whom nobody is told of. @returns false when the guest had arrived before */
  async comeQuietly(arrival: Arrival): Promise<boolean> {
    const { key, details } = arrivalMessage(arrival);
    const kept = { ...details, quiet: true };
    const written = await this.#table.update(
      key,
      `SET #claim = :claim, ${Object.keys(kept)
        .map((name) => `#${name} = :${name}`)
        .join(', ')}`,
      { claim: 'done', ...kept },
      'attribute_not_exists(#claim)',
    );
    return written !== undefined;
  }

  /** Keeps the song that was chosen, so that every try sends the same. */
  async keepSong(arrival: Arrival, songId: string): Promise<void> {
    await this.#table.update(arrivalKey(arrival), 'SET #songId = :songId', { songId }, wasClaimed);
  }

  /** Keeps what was sent in place of a song that could not be: another one, or none. */
  async playedInstead(arrival: Arrival, songId: string | undefined): Promise<void> {
    if (songId !== undefined) return this.keepSong(arrival, songId);
    await this.#table.update(arrivalKey(arrival), 'REMOVE #songId', {}, wasClaimed);
  }

  /**
   * The message is in the chat. The claim stays until what follows the message is on its way too, so that whoever
   * claims next after a sudden end does the rest, and only the rest.
   */
  async sent(arrival: Arrival, messageId: number, toldIn: number = arrival.chatId): Promise<void> {
    const values = { messageId, toldIn };
    const change = 'SET #messageId = :messageId, #toldIn = :toldIn';
    await this.#table.update(arrivalKey(arrival), change, values, wasClaimed);
  }

  /** The picture of an arrival is in the chat, under that id. */
  async pictured(arrival: Pick<Arrival, 'partyId' | 'guestId'>, pictureId: number): Promise<void> {
    const change = 'SET #pictureId = :pictureId';
    await this.#table.update(arrivalKey(arrival), change, { pictureId }, wasClaimed);
  }

  async get(partyId: string, guestId: string): Promise<(Arrival & Claim) | undefined> {
    const item = await this.#table.get<ArrivalItem>(arrivalKey({ partyId, guestId }));
    return item?.claim ? item : undefined;
  }

  /** Who was seen at a party, whether arrived or not. */
  async guestIds(partyId: string): Promise<string[]> {
    const items = await this.#table.query<ArrivalItem>(partyPartition(partyId), 'guest#');
    return items.map(({ sk }) => sk.slice('guest#'.length));
  }

  /** All arrivals of a party, in the order in which the guests came. */
  async list(partyId: string): Promise<Array<Arrival & Claim>> {
    const items = await this.#table.query<ArrivalItem>(partyPartition(partyId), 'guest#');
    return items.filter((item) => item.claim).sort((a, b) => a.time - b.time);
  }
}

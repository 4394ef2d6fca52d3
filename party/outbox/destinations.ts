import { randomUUID } from 'node:crypto';
import { type Clock, second } from '../clock.ts';
import type { Key, Table } from '../stores/table.ts';
import { isOver, longestLease } from './lease.ts';
import { type Place, placeOf } from './message.ts';

/**
 * How long one who sends what a chat is behind with has its turn, in milliseconds; it is renewed while that goes on.
 * Longer than a call of Telegram may take, and short, for nobody else sends until it ends if its holder is killed.
 */
const turnLasts = 15 * second;
const renewEvery = 3 * second;

/** Where a message goes now. */
export interface Destination {
  readonly place: Place;
  /** Nobody may write to the chat until then, milliseconds since 1970. */
  readonly heldUntil?: number;
  /** The chat took no more messages of late: what waits goes first, one after another. */
  readonly isBehind: boolean;
}

/** One sender's turn in a chat. */
export interface Turn {
  readonly chatId: number;
  /** @returns false when it has been lost to another */
  renew(): Promise<boolean>;
  /** Another may go on. */
  release(): Promise<void>;
  /** Nothing waits any more: everybody may write at once again. */
  finish(): Promise<void>;
}

const pk = (chatId: number): string => `DESTINATION#${chatId}`;
const paceKey = (chatId: number): Key => ({ pk: pk(chatId), sk: 'pace' });
const movedKey = (chatId: number): Key => ({ pk: pk(chatId), sk: 'moved' });
const goneKey = ({ chatId, threadId }: Place): Key => ({
  pk: pk(chatId),
  sk: threadId === undefined ? 'gone' : `gone#${threadId}`,
});

interface PaceItem {
  readonly heldUntil?: number;
  readonly holder?: string;
  readonly turnEnds?: number;
}
interface MovedItem {
  readonly chatId: number;
}

/**
 * What is known of the chats that messages go to, for all who send: whether one may be written to now, whose turn it
 * is, where it goes on, and whether it is gone.
 *
 * Telegram's limits hold for a chat, not for a message: who is refused holds the chat for all. When the hold is over
 * the chat is *behind*: one at a time sends what waits, in its order, so that the end of a hold costs one refused call
 * and not one of each message. When nothing waits any more everybody writes at once again.
 */
export class Destinations {
  readonly #table: Table;
  readonly #now: Clock;

  constructor(table: Table, now: Clock) {
    this.#table = table;
    this.#now = now;
  }

  /** Where a message for a place goes now. */
  async of(place: Place): Promise<Destination> {
    const items = await this.#table.query<PaceItem & MovedItem>(pk(place.chatId));
    const find = ({ sk }: Key) => items.find((item) => item.sk === sk);
    const { hostId } = place;
    const moved = find(movedKey(place.chatId))?.chatId;
    if (moved !== undefined) return this.of({ chatId: moved, ...(hostId !== undefined && { hostId }) });
    if (hasOther(place) && find(goneKey(place))) return this.of({ chatId: hostId! });
    const { heldUntil } = find(paceKey(place.chatId)) ?? {};
    return {
      place: placeOf(place),
      ...(heldUntil !== undefined && !isOver(heldUntil, this.#now()) && { heldUntil }),
      isBehind: heldUntil !== undefined,
    };
  }

  /** Nobody writes to a chat until then, milliseconds since 1970, but for an hour at most. A longer hold stays. */
  async hold(chatId: number, until: number): Promise<void> {
    const tooFar = this.#now() + longestLease;
    await this.#table.update(
      paceKey(chatId),
      'SET #heldUntil = :until',
      { until: Math.min(until, tooFar), tooFar },
      'attribute_not_exists(#heldUntil) OR #heldUntil < :until OR #heldUntil > :tooFar',
    );
  }

  /** @returns undefined when it is another's turn, or nobody's because the chat is held */
  async takeTurn(chatId: number): Promise<Turn | undefined> {
    const holder = randomUUID();
    const take = (condition: string) =>
      this.#table.update(
        paceKey(chatId),
        'SET #holder = :holder, #turnEnds = :turnEnds',
        {
          ...{ holder, turnEnds: this.#now() + turnLasts },
          ...{ now: this.#now(), tooFar: this.#now() + longestLease },
        },
        condition,
      );
    const notHeld = `(${isOpen('heldUntil')})`;
    let renewedAt = this.#now();
    if (!(await take(`${notHeld} AND (${isOpen('turnEnds')})`))) return undefined;
    return {
      chatId,
      renew: async () => {
        if (this.#now() - renewedAt < renewEvery) return true;
        renewedAt = this.#now();
        return (await take('#holder = :holder AND #turnEnds BETWEEN :now AND :tooFar')) !== undefined;
      },
      release: async () => {
        await this.#table.update(paceKey(chatId), 'REMOVE #turnEnds', { holder }, '#holder = :holder');
      },
      finish: async () => {
        const isLast = `#holder = :holder AND ${notHeld}`;
        const values = { holder, now: this.#now(), tooFar: this.#now() + longestLease };
        await this.#table.delete(paceKey(chatId), isLast, values);
      },
    };
  }

  /** A chat goes on under another id. */
  async move(from: number, to: number): Promise<void> {
    if (from === to) return;
    await this.#table.put({ ...movedKey(from), chatId: to });
    await this.#table.put({ pk: pk(to), sk: 'before', chatId: from });
  }

  /** The id that a chat had before it became this one. */
  async before(chatId: number): Promise<number | undefined> {
    return (await this.#table.get<MovedItem>({ pk: pk(chatId), sk: 'before' }))?.chatId;
  }

  /** A place cannot be written to: its messages go to its host. */
  async gone(place: Place): Promise<void> {
    await this.#table.put({ ...goneKey(place), since: this.#now() });
  }

  /** A place can be written to (again). */
  async back(place: Place): Promise<void> {
    await this.#table.delete(goneKey(place));
    await this.#table.delete(goneNoticeKey(place));
  }
}

/** The item of the message by which a host is told, once, that a place is gone. */
export const goneNoticeKey = (place: Place): Key => {
  const { sk } = goneKey(place);
  return { pk: pk(place.chatId), sk: `told-${sk}` };
};

/** What isOver says of a time, as a condition. */
const isOpen = (time: string): string =>
  `attribute_not_exists(#${time}) OR #${time} < :now OR #${time} > :tooFar`;

/** Whether there is somebody to write to in a place's stead. */
export const hasOther = ({ chatId, hostId }: Place): boolean => hostId !== undefined && hostId !== chatId;

import { type Clock, expiry, hour } from '../../party/clock.ts';
import type { Key, Table } from '../../party/stores/table.ts';
import { stateKey } from '../state.ts';
import type { Asker } from './asker.ts';
import type { SentPhoto } from './sent-photo.ts';

/** A photo that came without a name and waits for one. */
export interface WaitingPhoto extends SentPhoto {
  /** The message that asks who it is; one photo is asked about at a time. */
  readonly questionId?: number;
  /** Names that stood under it, in words that are no plain name: to be picked from. */
  readonly offered?: readonly string[];
  /** What is asked about it, when it is not just who it is. */
  readonly asks?: string;
  /** The guests that the face is like, best first. */
  readonly likeIds?: readonly string[];
  /** It is somebody whom nobody of the guests is, whatever the name. */
  readonly isNewcomer?: boolean;
}

interface WaitingItem extends WaitingPhoto {
  /** Seconds since 1970. */
  readonly expiresAt: number;
}

/** After this time whatever is written is no answer any more. */
const keptFor = hour;
const prefix = 'waiting#';

const key = ({ chatId, userId }: Asker, { messageId }: Pick<SentPhoto, 'messageId'>): Key =>
  // In the order in which they were sent: the table sorts by these keys as texts.
  stateKey(chatId, userId, `${prefix}${String(messageId).padStart(12, '0')}`);

/** The photos that wait for a name, one item each: none is lost when two updates are handled at the same time. */
export class WaitingPhotos {
  readonly #table: Table;
  readonly #now: Clock;

  constructor(table: Table, now: Clock) {
    this.#table = table;
    this.#now = now;
  }

  async add(asker: Asker, photo: WaitingPhoto): Promise<void> {
    const expiresAt = expiry(this.#now(), keptFor);
    await this.#table.put({ ...key(asker, photo), ...photo, expiresAt });
  }

  /** In the order in which they were sent. */
  async list({ chatId, userId }: Asker): Promise<WaitingPhoto[]> {
    const { pk, sk } = stateKey(chatId, userId, prefix);
    const items = await this.#table.query<WaitingItem>(pk, sk);
    return items.filter(({ expiresAt }) => expiresAt * 1000 > this.#now());
  }

  async get(asker: Asker, messageId: number): Promise<WaitingPhoto | undefined> {
    return (await this.list(asker)).find((photo) => photo.messageId === messageId);
  }

  /** @param questionId the message that asks who it is */
  async asked(asker: Asker, photo: SentPhoto, questionId: number): Promise<void> {
    await this.#table.update(
      key(asker, photo),
      'SET #questionId = :questionId',
      { questionId },
      'attribute_exists(#pk)',
    );
  }

  /** @returns false when it no longer waits: somebody else took it */
  async take(asker: Asker, photo: SentPhoto): Promise<boolean> {
    return this.#table.delete(key(asker, photo), 'attribute_exists(#pk)');
  }
}

import type { Message } from 'grammy/types';
import { type Clock, expiry, minute } from '../../party/clock.ts';
import type { Key, Table } from '../../party/stores/table.ts';
import { stateKey } from '../state.ts';
import type { Asker } from './asker.ts';

/** So long after a name its photo may come. */
const keptFor = 5 * minute;
type SentText = Pick<Message, 'message_id' | 'date'>;

interface SaidItem {
  readonly name: string;
  readonly messageId: number;
  /** Telegram's clock, seconds since 1970. */
  readonly sentAt: number;
  /** Seconds since 1970. */
  readonly expiresAt: number;
}

/** The name that was written just before a photo. */
export class SaidNames {
  readonly #table: Table;
  readonly #now: Clock;

  constructor(table: Table, now: Clock) {
    this.#table = table;
    this.#now = now;
  }

  async keep(asker: Asker, name: string, { message_id: messageId, date: sentAt }: SentText): Promise<void> {
    const expiresAt = expiry(this.#now(), keptFor);
    await this.#table.put({ ...key(asker), name, messageId, sentAt, expiresAt });
  }

  /** The name that was said before this photo, for it alone. */
  async take(asker: Asker, photo: SentText): Promise<string | undefined> {
    const said = await this.#table.get<SaidItem>(key(asker));
    if (!said || said.messageId > photo.message_id) return undefined;
    const taken = await this.#table.delete(key(asker), '#messageId = :messageId', {
      messageId: said.messageId,
    });
    return taken && (photo.date - said.sentAt) * 1000 <= keptFor ? said.name : undefined;
  }

  async forget(asker: Asker): Promise<void> {
    await this.#table.delete(key(asker));
  }
}

const key = ({ chatId, userId }: Asker): Key => stateKey(chatId, userId, 'said-name');

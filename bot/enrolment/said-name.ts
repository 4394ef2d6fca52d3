import type { Message } from 'grammy/types';
import { comparable } from '../../party/clean-line.ts';
import { type Clock, expiry, minute } from '../../party/clock.ts';
import type { Key, Table } from '../../party/stores/table.ts';
import { readName } from '../names.ts';
import { stateKey } from '../state.ts';
import type { Asker } from './asker.ts';

/** So long after a name its photo may come. */
const keptFor = 5 * minute;
/** A name of more words is a sentence. */
const mostWords = 4;
/** What stands in sentences, addresses and numbers, and not in names. */
const notInNames = /[?!:;@#/\\<>=\n]|\d{3}|\.\s*$/;

/** What people say to a bot, as to anybody, and is nobody's name. */
const smallTalk = new Set(
  'hi hello hey yo yes no ok okay thanks thx please sorry great cool nice good super perfect wow done ready test start stop help next bye'.split(
    ' ',
  ),
);

type SentText = Pick<Message, 'message_id' | 'date'>;

interface SaidItem {
  readonly name: string;
  readonly messageId: number;
  /** Telegram's clock, seconds since 1970. */
  readonly sentAt: number;
  /** Seconds since 1970. */
  readonly expiresAt: number;
}

/** A text that may be the name of whoever the next photo shows; undefined when it is something else. */
export function nameSaid(text: string): string | undefined {
  const reading = readName(text);
  if (!('name' in reading) || notInNames.test(text)) return undefined;
  const words = comparable(reading.name).split(' ');
  if (words.length > mostWords || smallTalk.has(words[0]!.replace(/[,.…]+$/, ''))) return undefined;
  return reading.name;
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

import { type Clock, expiry, hour } from '../../party/clock.ts';
import type { Key, Table } from '../../party/stores/table.ts';
import type { Asker } from '../enrolment/asker.ts';
import { stateKey } from '../state.ts';

/** What somebody was asked about a song, and has not answered. */
export interface SongQuestion {
  /** Whose it is, or what it is called. */
  readonly asks: 'whose' | 'name';
  readonly songId: string;
  /** The message that asks. */
  readonly messageId: number;
}

interface QuestionItem extends SongQuestion {
  /** Seconds since 1970. */
  readonly expiresAt: number;
}

/** After this time whatever is written is no answer any more; the question's buttons work all the same. */
const keptFor = hour;

const key = ({ chatId, userId }: Asker): Key => stateKey(chatId, userId, 'song-question');

/** The newest open question about a song, one for each who may be asked. */
export class SongQuestions {
  readonly #table: Table;
  readonly #now: Clock;

  constructor(table: Table, now: Clock) {
    this.#table = table;
    this.#now = now;
  }

  async ask(asker: Asker, question: SongQuestion): Promise<void> {
    await this.#table.put({ ...key(asker), ...question, expiresAt: expiry(this.#now(), keptFor) });
  }

  async open(asker: Asker): Promise<SongQuestion | undefined> {
    const question = await this.#table.get<QuestionItem>(key(asker));
    return question && question.expiresAt * 1000 > this.#now() ? question : undefined;
  }

  /** @returns false when it was settled already: by somebody's press, or by the same words that came twice */
  async settle(asker: Asker, { messageId }: Pick<SongQuestion, 'messageId'>): Promise<boolean> {
    return this.#table.delete(key(asker), '#messageId = :messageId', { messageId });
  }
}

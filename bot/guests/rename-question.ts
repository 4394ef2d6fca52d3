import { type Clock, expiry, hour } from '../../party/clock.ts';
import type { Key, Table } from '../../party/stores/table.ts';
import type { Asker } from '../enrolment/asker.ts';
import { stateKey } from '../state.ts';

/** What a guest's new name is was asked, and is not answered. */
export interface RenameQuestion {
  readonly guestId: string;
  /** The message that asks. */
  readonly messageId: number;
}

interface QuestionItem extends RenameQuestion {
  /** Seconds since 1970. */
  readonly expiresAt: number;
}

const keptFor = hour;

const key = ({ chatId, userId }: Asker): Key => stateKey(chatId, userId, 'guest-name');

/** The newest open question about a guest's name, one for each who may be asked. */
export class RenameQuestions {
  readonly #table: Table;
  readonly #now: Clock;

  constructor(table: Table, now: Clock) {
    this.#table = table;
    this.#now = now;
  }

  async ask(asker: Asker, question: RenameQuestion): Promise<void> {
    await this.#table.put({ ...key(asker), ...question, expiresAt: expiry(this.#now(), keptFor) });
  }

  async open(asker: Asker): Promise<RenameQuestion | undefined> {
    const question = await this.#table.get<QuestionItem>(key(asker));
    return question && question.expiresAt * 1000 > this.#now() ? question : undefined;
  }

  /** @returns false when it was settled already: the same words came twice */
  async settle(asker: Asker, { messageId }: Pick<RenameQuestion, 'messageId'>): Promise<boolean> {
    return this.#table.delete(key(asker), '#messageId = :messageId', { messageId });
  }
}

import { type Clock, expiry, hour } from '../party/clock.ts';
import type { Key, Table } from '../party/stores/table.ts';
import type { Asker } from './enrolment/asker.ts';
import { stateKey } from './state.ts';

/** After this time whatever is written is no answer any more; buttons under the question work all the same. */
const keptFor = hour;

/** A question that words answer. */
export interface Question {
  /** The message that asks. */
  readonly messageId: number;
}

/** The newest open question of one kind, one for each who may be asked. */
export class OpenQuestion<Asked extends Question> {
  readonly #table: Table;
  readonly #now: Clock;
  readonly #kind: string;

  /** @param kind its name in the table */
  constructor({ table, now }: { readonly table: Table; readonly now: Clock }, kind: string) {
    this.#table = table;
    this.#now = now;
    this.#kind = kind;
  }

  /** The question of before is not open any more. */
  async ask(asker: Asker, question: Asked): Promise<void> {
    const expiresAt = expiry(this.#now(), keptFor);
    await this.#table.put({ ...this.#key(asker), ...(question as object), expiresAt });
  }

  async get(asker: Asker): Promise<Asked | undefined> {
    const question = await this.#table.get<Asked & { readonly expiresAt: number }>(this.#key(asker));
    return question && question.expiresAt * 1000 > this.#now() ? question : undefined;
  }

  /** @returns false when it was settled already: by somebody's press, or by the same words that came twice */
  async settle(asker: Asker, { messageId }: Question): Promise<boolean> {
    return this.#table.delete(this.#key(asker), '#messageId = :messageId', { messageId });
  }

  #key = ({ chatId, userId }: Asker): Key => stateKey(chatId, userId, this.#kind);
}

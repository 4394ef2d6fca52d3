import { type Clock, hour } from '../../party/clock.ts';
import type { Key, Table } from '../../party/stores/table.ts';
import { stateKey } from '../state.ts';
import type { TelegramFile } from '../telegram-file.ts';

/** A photo that waits for an answer: whose is it? */
export interface PhotoQuestion {
  readonly file: TelegramFile;
  /** The name that was given. */
  readonly name: string;
  /** The guest to whom it is added on "yes, the same". */
  readonly sameId: string;
  /** The guest to whom it is added on "no, another"; somebody new of that name when there is none. */
  readonly otherId?: string;
  /** The message with the photo. */
  readonly messageId: number;
}

interface QuestionItem extends PhotoQuestion {
  /** Seconds since 1970. */
  readonly expiresAt: number;
}

const keptFor = 24 * hour;

/** Who asked, and who is to answer. */
export interface Asker {
  readonly chatId: number;
  readonly userId: number;
}

/** The questions about photos that are not answered yet, one a photo. */
export class PhotoQuestions {
  readonly #table: Table;
  readonly #now: Clock;

  constructor(table: Table, now: Clock) {
    this.#table = table;
    this.#now = now;
  }

  async ask(asker: Asker, question: PhotoQuestion): Promise<void> {
    const expiresAt = Math.ceil((this.#now() + keptFor) / 1000);
    await this.#table.put({ ...key(asker, question.file.uniqueId), ...question, expiresAt });
  }

  /** @param photoId Telegram's `file_unique_id` */
  async get(asker: Asker, photoId: string): Promise<PhotoQuestion | undefined> {
    const question = await this.#table.get<QuestionItem>(key(asker, photoId));
    return question && question.expiresAt * 1000 > this.#now() ? question : undefined;
  }

  async answered(asker: Asker, photoId: string): Promise<void> {
    await this.#table.delete(key(asker, photoId));
  }
}

const key = ({ chatId, userId }: Asker, photoId: string): Key => stateKey(chatId, userId, `photo#${photoId}`);

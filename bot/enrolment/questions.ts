import { type Clock, expiry, hour } from '../../party/clock.ts';
import type { RatioBox } from '../../party/record/record.ts';
import type { Key, Table } from '../../party/stores/table.ts';
import type { Asker } from './asker.ts';
import type { SentPhoto } from './sent-photo.ts';

/** A photo that waits for an answer: whose is it? */
export interface PhotoQuestion extends SentPhoto {
  /** The name that was given. */
  readonly name: string;
  /** The guest to whom it is added on "yes, the same". */
  readonly sameId: string;
  /** The guest to whom it is added on "no, another"; somebody new of that name when there is none. */
  readonly otherId?: string;
  /** The message that asks, once it is sent. */
  readonly questionId?: number;
  /** Where the face is in the photo. */
  readonly box?: RatioBox;
  /** What is asked, in words. */
  readonly asked?: string;
}

interface QuestionItem extends PhotoQuestion {
  /** Seconds since 1970. */
  readonly expiresAt: number;
}

const keptFor = 24 * hour;
const prefix = 'photo#';

/** The questions about photos that are not answered yet, one a photo. */
export class PhotoQuestions {
  readonly #table: Table;
  readonly #now: Clock;

  constructor(table: Table, now: Clock) {
    this.#table = table;
    this.#now = now;
  }

  async ask(asker: Asker, question: PhotoQuestion): Promise<void> {
    const expiresAt = expiry(this.#now(), keptFor);
    await this.#table.put({ ...key(asker, question.file.uniqueId), ...question, expiresAt });
  }

  /** @param questionId the message that asks */
  async asked(asker: Asker, photoId: string, questionId: number): Promise<void> {
    await this.#table.update(
      key(asker, photoId),
      'SET #questionId = :questionId',
      { questionId },
      'attribute_exists(#pk)',
    );
  }

  /** @param photoId Telegram's `file_unique_id` */
  async get(asker: Asker, photoId: string): Promise<PhotoQuestion | undefined> {
    const question = await this.#table.get<QuestionItem>(key(asker, photoId));
    return question && this.#isOpen(question) ? question : undefined;
  }

  /** The other questions of the same album that ask the very same. */
  async alike(asker: Asker, question: PhotoQuestion): Promise<PhotoQuestion[]> {
    if (question.albumId === undefined) return [];
    return (await this.ofAlbum(asker, question.albumId)).filter(
      ({ file, name, sameId, otherId }) =>
        file.uniqueId !== question.file.uniqueId &&
        name === question.name &&
        sameId === question.sameId &&
        otherId === question.otherId,
    );
  }

  /** All that is asked about photos of an album. */
  async ofAlbum(asker: Asker, albumId: string): Promise<PhotoQuestion[]> {
    return (await this.#open(asker)).filter((one) => one.albumId === albumId);
  }

  /** The question that a message asks. */
  async askedBy(asker: Asker, messageId: number): Promise<PhotoQuestion | undefined> {
    return (await this.#open(asker)).find(({ questionId }) => questionId === messageId);
  }

  /** @returns false when it is not open any more: somebody else answered it */
  async answered(asker: Asker, photoId: string): Promise<boolean> {
    return this.#table.delete(key(asker, photoId), 'attribute_exists(#pk)');
  }

  async #open(asker: Asker): Promise<QuestionItem[]> {
    return (await this.#table.query<QuestionItem>(partition(asker), prefix)).filter((one) =>
      this.#isOpen(one),
    );
  }

  #isOpen({ expiresAt }: QuestionItem): boolean {
    return expiresAt * 1000 > this.#now();
  }
}

/** Apart from all else that was said in the chat: the pictures Lambda may read what a question is about, and no more. */
const partition = ({ chatId, userId }: Asker): string => `QUESTIONS#${chatId}#${userId}`;

const key = (asker: Asker, photoId: string): Key => ({ pk: partition(asker), sk: `${prefix}${photoId}` });

import { type Clock, expiry, hour } from '../../party/clock.ts';
import type { PhotoAdvice } from '../../party/guests/photo-advice.ts';
import type { AddedPhoto, TakenBack } from '../../party/guests/take-back-photos.ts';
import type { Key, Table } from '../../party/stores/table.ts';
import type { Asker } from '../enrolment/asker.ts';
import { stateKey } from '../state.ts';

/** What came of one contact. */
export type ContactResult =
  | (AddedPhoto & {
      readonly outcome: 'added';
      readonly name: string;
      readonly advice: readonly PhotoAdvice[];
      /** It was taken back by *Undo*. */
      readonly taken?: TakenBack;
    })
  /** The guest has this very photo already. */
  | { readonly outcome: 'known'; readonly name: string }
  /** Name and face do not agree: it is asked about in a message of its own. */
  | { readonly outcome: 'asked'; readonly name: string }
  /** `why` in words. */
  | { readonly outcome: 'refused'; readonly name?: string; readonly why: string };

/** Contacts that came in one message, and what came of them so far. */
export interface ContactBatch {
  /** The message in which they came. */
  readonly messageId: number;
  /** Milliseconds since 1970. */
  readonly startedAt: number;
  /** The message that tells what came of them, once it is sent. */
  readonly statusId?: number;
  /** In the order of the contacts: the next one to look at has the number of these. */
  readonly results: readonly ContactResult[];
  /** The number of the contact that was being looked at when this was written. */
  readonly begun?: number;
}

/** As long as what was added can be taken back, and that undone. */
const keptFor = 48 * hour;

/** Contacts that are or were looked at, so that an update which comes again goes on where it was cut short. */
export class ContactBatches {
  readonly #table: Table;
  readonly #now: Clock;

  constructor(table: Table, now: Clock) {
    this.#table = table;
    this.#now = now;
  }

  /** @returns undefined when none came in that message, or it is too long ago */
  async get(asker: Asker, messageId: number): Promise<ContactBatch | undefined> {
    const batch = await this.#table.get<ContactBatch & { readonly expiresAt: number }>(key(asker, messageId));
    return batch && batch.expiresAt * 1000 > this.#now() ? batch : undefined;
  }

  async put(asker: Asker, batch: ContactBatch): Promise<void> {
    const expiresAt = expiry(this.#now(), keptFor);
    await this.#table.put({ ...batch, ...key(asker, batch.messageId), expiresAt });
  }
}

const key = ({ chatId, userId }: Asker, messageId: number): Key =>
  stateKey(chatId, userId, `contacts#${messageId}`);

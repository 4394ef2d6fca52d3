import { Acts } from '../telegram/people/acts.ts';
import type { StoredChat } from '../telegram/state/chats.ts';
import type { StoredMessage } from '../telegram/state/messages.ts';
import type { Person } from '../telegram/state/people.ts';
import type { Telegram } from '../telegram/telegram.ts';
import { rehearsalText as text } from './rehearsal.text.ts';
import { RehearsalError } from './rehearsal-error.ts';
import { patience, until } from './until.ts';

/** The host's private chat with the bot, as the host's own client sees it: nothing here knows what the bot does. */
export class HostChat {
  readonly #telegram: Telegram;
  readonly #person: Person;
  readonly #signal: AbortSignal;

  /** @param signal ends what waits */
  constructor(telegram: Telegram, person: Person, signal: AbortSignal) {
    this.#telegram = telegram;
    this.#person = person;
    this.#signal = signal;
  }

  get id(): number {
    return this.#person.user.id;
  }

  /** The number of the newest message; 0 before the first. */
  get newest(): number {
    return this.#telegram.messages.all(this.#chat).at(-1)?.message_id ?? 0;
  }

  /** @returns the message's number */
  say(words: string): number {
    return this.#acts.say(words, undefined).message_id;
  }

  /** @returns the message's number */
  async sendPhoto(bytes: Buffer, caption: string): Promise<number> {
    const upload = { name: 'photo.jpg', bytes };
    return (await this.#acts.send({ upload, kind: 'photo', caption }, undefined)).message_id;
  }

  /**
   * The first message of the bot's after another one that fits, whether it is there already or still to come.
   *
   * @param awaited what it is, for whoever reads that it did not come
   * @param within so long it is waited for, milliseconds
   * @throws RehearsalError when it does not come in time; the signal's reason when that is aborted
   */
  answer(
    after: number,
    awaited: string,
    fits: (message: StoredMessage) => boolean,
    within = patience,
  ): Promise<StoredMessage> {
    const found = (): StoredMessage | undefined =>
      this.#telegram.messages
        .all(this.#chat)
        .find((message) => message.message_id > after && message.from.is_bot && fits(message));
    const signal = this.#signal;
    let stopWaiting = (): void => {};
    const message = new Promise<StoredMessage>((resolve, reject) => {
      const look = (): void => {
        const message = found();
        if (message) resolve(message);
      };
      const end = (): void => reject(signal.reason);
      const timeUp = setTimeout(() => reject(new RehearsalError(text.tooLong(awaited))), within);
      const stopListening = this.#telegram.events.listen(look, () => {});
      signal.addEventListener('abort', end);
      stopWaiting = () => {
        stopListening();
        clearTimeout(timeUp);
        signal.removeEventListener('abort', end);
      };
      if (signal.aborted) end();
      look();
    });
    return message.finally(() => stopWaiting());
  }

  /** Waits until the bot has dealt with all that was said. */
  settled(): Promise<void> {
    return until('The bot’s answer', () => this.#telegram.updates.pending().length === 0, this.#signal);
  }

  /**
   * Takes away the messages after one, up to another, and what came of them later: replies to them, and what the bot said
   * to those. Nothing of them is left on the disk.
   *
   * @returns their numbers
   */
  erase(after: number, upTo: number): ReadonlySet<number> {
    const gone = new Set<number>();
    let answersLate = false;
    for (const { message_id, reply_to, from } of this.#telegram.messages.all(this.#chat)) {
      const isReply = reply_to !== undefined && gone.has(reply_to);
      if (!from.is_bot) answersLate = message_id > upTo && isReply;
      const isLate = isReply || (from.is_bot && answersLate);
      if (message_id > after && (message_id <= upTo || isLate)) gone.add(message_id);
    }
    this.#telegram.erase(this.#chat, [...gone]);
    return gone;
  }

  get #chat(): StoredChat {
    const chat = this.#telegram.chats.find(this.id);
    if (!chat) throw new Error('The host has no private chat.');
    return chat;
  }

  get #acts(): Acts {
    return new Acts(this.#telegram, this.#person, this.#chat);
  }
}

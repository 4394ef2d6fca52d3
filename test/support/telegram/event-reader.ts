import { setTimeout as delay } from 'node:timers/promises';
import type { ChatView } from '../../../local/telegram/people/views.ts';
import type { CallbackAnswer, ChatAction } from '../../../local/telegram/state/events.ts';
import type { PersonMessage } from '../../../local/telegram/state/messages.ts';
import { type ReceivedEvent, readEvents } from './read-events.ts';

/** Something that came by the event stream. */
export type PersonEvent =
  | { readonly event: 'message' | 'edited'; readonly data: PersonMessage }
  | { readonly event: 'deleted'; readonly data: { chat_id: number; message_id: number } }
  | { readonly event: 'callback_answer'; readonly data: CallbackAnswer }
  | { readonly event: 'chat_action'; readonly data: ChatAction }
  | { readonly event: 'chat'; readonly data: ChatView }
  | { readonly event: 'reset'; readonly data: Record<string, never> };

/** What was waited for did not come in time; the message lists what came instead. */
export class NotSeenError extends Error {
  override name = 'NotSeenError';
}

const waitMs = 30_000;
const reconnectMs = 50;

/** Reads one person's events, keeps those nobody asked for yet, and comes back when it was cut off. */
export class EventReader {
  readonly #address: string;
  readonly #closing = new AbortController();
  readonly #unread: PersonEvent[] = [];
  readonly #waiting = new Set<() => void>();
  #reading: Promise<void> = Promise.resolve();
  #lastId: string | undefined;

  private constructor(address: string) {
    this.#address = address;
  }

  /** Resolves once the stream is open: nothing that happens from then on is missed. */
  static async open(address: string): Promise<EventReader> {
    const reader = new EventReader(address);
    reader.#reading = reader.#read(await reader.#connect());
    return reader;
  }

  /** Ends the stream. */
  async close(): Promise<void> {
    this.#closing.abort();
    await this.#reading;
  }

  /**
   * The first event that fits and was not given before, whether it is there already or still to come.
   * @throws NotSeenError after `timeout` milliseconds
   */
  waitFor(fits: (event: PersonEvent) => boolean, { timeout = waitMs } = {}): Promise<PersonEvent> {
    return new Promise((resolve, reject) => {
      const finish = () => {
        clearTimeout(timer);
        this.#waiting.delete(look);
      };
      const look = () => {
        const index = this.#unread.findIndex(fits);
        if (index === -1) return;
        finish();
        resolve(this.#unread.splice(index, 1)[0] as PersonEvent);
      };
      const timer = setTimeout(() => {
        finish();
        const came = this.#unread.map(summary).join('\n') || 'nothing';
        reject(new NotSeenError(`Not seen within ${timeout} ms. What came:\n${came}`));
      }, timeout);
      this.#waiting.add(look);
      look();
    });
  }

  async #read(first: ReadableStream<Uint8Array>): Promise<void> {
    const { signal } = this.#closing;
    let stream: ReadableStream<Uint8Array> | undefined = first;
    while (!signal.aborted) {
      try {
        stream ??= await this.#connect();
        for await (const received of readEvents(stream)) this.#take(received);
      } catch {
        // The program may be killed and started again: what happened meanwhile is read when it is back.
      }
      stream = undefined;
      await delay(reconnectMs, undefined, { signal }).catch(() => undefined);
    }
  }

  async #connect(): Promise<ReadableStream<Uint8Array>> {
    const headers: Record<string, string> =
      this.#lastId === undefined ? {} : { 'last-event-id': this.#lastId };
    const response = await fetch(this.#address, { headers, signal: this.#closing.signal });
    if (!response.ok || response.body === null) throw new Error(`There are no events: ${response.status}.`);
    return response.body;
  }

  #take({ id, event, data }: ReceivedEvent): void {
    this.#lastId = id ?? this.#lastId;
    if (data === undefined) return;
    this.#unread.push({ event, data: JSON.parse(data) } as PersonEvent);
    for (const look of [...this.#waiting]) look();
  }
}

/** An event in a line, as somebody would tell it who reads the chat. */
function summary({ event, data }: PersonEvent): string {
  if (event !== 'message' && event !== 'edited') return `${event} ${JSON.stringify(data).slice(0, 200)}`;
  const { message_id: id, from, text, caption, reply_markup: markup, photo, audio } = data;
  const keyboard = markup && 'inline_keyboard' in markup ? markup.inline_keyboard.flat() : [];
  const attached = [photo && 'photo', audio && 'song', ...keyboard.map((button) => `[${button.text}]`)];
  const said = JSON.stringify(text ?? caption ?? '').slice(0, 200);
  return [event, id, `${from?.first_name}:`, said, ...attached.filter(Boolean)].join(' ');
}

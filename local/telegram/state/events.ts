import type { Change, Journal, Table } from './journal.ts';

/** What happened, as it is kept: messages by their place, so that a late reader gets them as they are now. */
export type StoredEvent =
  | { readonly type: 'message' | 'edited' | 'deleted'; readonly chat_id: number; readonly message_id: number }
  | { readonly type: 'chat'; readonly chat_id: number }
  | { readonly type: 'callback_answer'; readonly person_id: number; readonly answer: CallbackAnswer };

/** What pressing a button gave. */
export interface CallbackAnswer {
  readonly callback_query_id: string;
  readonly text?: string;
  readonly show_alert: boolean;
  readonly url?: string;
}

/** "typing", "upload_photo" and so on: seen by those who look, kept nowhere. */
export interface ChatAction {
  readonly chat_id: number;
  readonly action: string;
}

/** The bot has taken a chat's messages up to this one: their senders' clients show it, and nobody keeps it. */
export interface Read {
  readonly chat_id: number;
  readonly up_to: number;
}

const kept = 1000;

/** The last thousand events, numbered, so that a reader who was cut off goes on where it was. */
export class Events {
  readonly #journal: Journal;
  readonly #table: Table<StoredEvent>;
  readonly #passingListeners = new Set<(passing: ChatAction | Read) => void>();
  readonly #listeners = new Set<(id: number, event: StoredEvent) => void>();

  constructor(journal: Journal) {
    this.#journal = journal;
    this.#table = journal.table('events');
    this.#table.watch((id, event) => {
      if (event !== undefined) for (const listener of this.#listeners) listener(Number(id), event);
    });
  }

  /** The changes that record an event. */
  record(event: StoredEvent): Change[] {
    const id = this.#journal.take('event');
    const old = String(id - kept);
    const forget = this.#table.rows.has(old) ? [this.#table.remove(old)] : [];
    return [this.#table.put(String(id), event), ...forget];
  }

  /** The changes that forget what pressing buttons gave: a reader who was cut off misses it. */
  forgetAnswers(): Change[] {
    return [...this.#table.rows].flatMap(([id, { type }]) =>
      type === 'callback_answer' ? [this.#table.remove(id)] : [],
    );
  }

  /** Events after an id, or undefined when some of them are no longer kept or the id was never given. */
  since(id: number): Array<[id: number, event: StoredEvent]> | undefined {
    const kept = [...this.#table.rows].map(([key, event]): [number, StoredEvent] => [Number(key), event]);
    const first = kept[0]?.[0] ?? 1;
    const last = kept.at(-1)?.[0] ?? 0;
    if (id < first - 1 || id > last) return undefined;
    return kept.filter(([key]) => key > id);
  }

  /** The id of the newest event; 0 when there is none. */
  lastId(): number {
    return Number([...this.#table.rows.keys()].at(-1) ?? 0);
  }

  /** Calls back for each event from now on; returns what ends it. */
  listen(
    onEvent: (id: number, event: StoredEvent) => void,
    onPassing: (passing: ChatAction | Read) => void,
  ): () => void {
    this.#listeners.add(onEvent);
    this.#passingListeners.add(onPassing);
    return () => {
      this.#listeners.delete(onEvent);
      this.#passingListeners.delete(onPassing);
    };
  }

  /** Shows what passes by to those who are looking now. */
  show(passing: ChatAction | Read): void {
    for (const listener of this.#passingListeners) listener(passing);
  }
}

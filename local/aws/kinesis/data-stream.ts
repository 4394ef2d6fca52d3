import type { StreamRecord } from './segment.ts';
import { type LogOptions, SegmentedLog } from './segmented-log.ts';
import { beforeFirst, nextSequenceNumber } from './sequence-number.ts';

/** What is not said is as in {@link defaults}. */
export type DataStreamOptions = Partial<LogOptions>;

/** Records are kept for 24 hours, Kinesis's default. */
const defaults: LogOptions = {
  retentionMs: 24 * 3_600_000,
  segmentBytes: 4 * 1024 * 1024,
  segmentMs: 3_600_000,
  // Asked for each time: whoever moves the clock moves it for this too.
  now: () => Date.now(),
};

/** At most so much is handed out by one reading (GetRecords: 10 MiB). */
export interface ReadLimit {
  readonly records?: number;
  /** Bytes of data; the first record comes in any case. */
  readonly bytes?: number;
}

/** A Kinesis data stream of one shard, that outlives the process. */
export class DataStream {
  readonly name: string;
  readonly #options: LogOptions;
  readonly #log: SegmentedLog;
  readonly #listeners = new Set<(record: StreamRecord) => void>();
  readonly #waiting = new Set<() => void>();
  #closed = false;

  /** Opens the stream that is kept in `folder`, making it if need be. */
  constructor(name: string, folder: string, options: DataStreamOptions = {}) {
    this.name = name;
    this.#options = { ...defaults, ...options };
    this.#log = new SegmentedLog(folder, this.#options);
  }

  /** The sequence number of the newest record: reading after it gives what comes from now on. */
  get latest(): string {
    return this.#log.latest;
  }

  get retentionMs(): number {
    return this.#options.retentionMs;
  }

  /** Appends a record. It is on disk, and readers are on their way, when this returns. */
  put(partitionKey: string, data: Uint8Array): StreamRecord {
    if (this.#closed) throw new Error(`The data stream ${this.name} is closed.`);
    const arrivedAt = this.#options.now();
    const record: StreamRecord = {
      sequenceNumber: nextSequenceNumber(this.latest, arrivedAt),
      partitionKey,
      data: Buffer.from(data),
      arrivedAt,
    };
    this.#log.append(record);
    for (const listener of this.#listeners) listener(record);
    for (const wake of this.#waiting) wake();
    return record;
  }

  /** Records after a sequence number, oldest first; expired ones are passed over. */
  read(after: string, { records: limit = 10_000, bytes = 10 * 1024 * 1024 }: ReadLimit = {}): StreamRecord[] {
    const found: StreamRecord[] = [];
    let size = 0;
    for (const record of this.#log.after(after)) {
      size += record.data.length;
      if (found.length >= limit || (found.length > 0 && size > bytes)) break;
      found.push(record);
    }
    return found;
  }

  /** The position that reads from the first record at or after a time, in epoch milliseconds. */
  positionBefore(time: number): string {
    let position = beforeFirst;
    for (;;) {
      const records = this.read(position, { records: 1_000 });
      const later = records.findIndex((record) => record.arrivedAt >= time);
      const passed = later < 0 ? records : records.slice(0, later);
      position = passed.at(-1)?.sequenceNumber ?? position;
      if (later >= 0 || records.length === 0) return position;
    }
  }

  /** Waits until there is a record after this one, or the signal is aborted; throws in neither case. */
  async waitForRecords(after: string, signal: AbortSignal): Promise<void> {
    if (this.latest > after || signal.aborted) return;
    await new Promise<void>((resolve) => {
      const wake = (): void => {
        this.#waiting.delete(wake);
        signal.removeEventListener('abort', wake);
        resolve();
      };
      this.#waiting.add(wake);
      signal.addEventListener('abort', wake);
    });
  }

  /**
   * Calls back with every record put from now on, before `put` returns, so it must not throw; call what comes back to
   * end it.
   */
  onRecord(listener: (record: StreamRecord) => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  /** Takes no more records. What was kept can still be read. */
  close(): void {
    this.#closed = true;
    this.#log.seal();
  }
}

import { mkdirSync } from 'node:fs';
import { JsonLines } from '../../disk/json-lines.ts';
import {
  lastWrittenAt,
  listSegments,
  type RecordLine,
  readSegment,
  removeSegment,
  type Segment,
  type StreamRecord,
  segmentFrom,
} from './segment.ts';
import { BEFORE_ALL, nextSequenceNumber } from './sequence-number.ts';

/** How long records are kept, and in what pieces. */
export interface DataStreamOptions {
  /** Records older than this are not read any more, and later removed. Kinesis's default: 24 hours. */
  readonly retentionMs?: number;
  /** A new file is begun when the one written to has grown to this size… */
  readonly segmentBytes?: number;
  /** …or is this old, so that whole files can be removed as they expire. */
  readonly segmentMs?: number;
  /** The clock, in epoch milliseconds. */
  readonly now?: () => number;
}

/** At most so much is handed out by one reading (GetRecords: 10 MiB). */
export interface ReadLimit {
  readonly records?: number;
  /** Bytes of data; the first record comes in any case. */
  readonly bytes?: number;
}

interface OpenSegment {
  readonly segment: Segment;
  readonly file: JsonLines<RecordLine>;
  readonly records: StreamRecord[];
  /** When it was begun, in epoch milliseconds. */
  readonly since: number;
}

/**
 * A Kinesis data stream of one shard: a log on disk, in order, that outlives the process. Only the records
 * being written and the last piece read are held in memory.
 */
export class DataStream {
  readonly name: string;
  readonly #folder: string;
  readonly #options: Required<DataStreamOptions>;
  readonly #listeners = new Set<(record: StreamRecord) => void>();
  readonly #waiting = new Set<() => void>();
  #segments: Segment[];
  #current: OpenSegment | undefined;
  /** The sealed segment that was read last: a reader who lags goes through a segment in many small steps. */
  #read: { segment: Segment; records: StreamRecord[] } | undefined;
  #latest = BEFORE_ALL;
  #closed = false;

  /** Opens the log in `folder`, making it if need be. A line torn when the process ended is dropped. */
  constructor(name: string, folder: string, options: DataStreamOptions = {}) {
    this.name = name;
    this.#folder = folder;
    this.#options = {
      retentionMs: 24 * 3_600_000,
      segmentBytes: 4 * 1024 * 1024,
      segmentMs: 3_600_000,
      now: Date.now,
      ...options,
    };
    mkdirSync(folder, { recursive: true });
    this.#segments = listSegments(folder);
    this.#findLatest();
    this.#removeExpired();
  }

  /** The sequence number of the newest record: reading after it gives what comes from now on. */
  get latest(): string {
    return this.#latest;
  }

  get retentionMs(): number {
    return this.#options.retentionMs;
  }

  /** Appends a record. It is on disk, and readers are on their way, when this returns. */
  put(partitionKey: string, data: Uint8Array): StreamRecord {
    if (this.#closed) throw new Error(`The data stream ${this.name} is closed.`);
    const arrivedAt = this.#options.now();
    const record: StreamRecord = {
      sequenceNumber: nextSequenceNumber(this.#latest, arrivedAt),
      partitionKey,
      data: Buffer.from(data),
      arrivedAt,
    };
    const current = this.#segmentToWrite(record);
    current.file.append({ ...record, data: record.data.toString('base64') });
    current.records.push(record);
    this.#latest = record.sequenceNumber;
    for (const listener of this.#listeners) listener(record);
    for (const wake of this.#waiting) wake();
    return record;
  }

  /** Records after a sequence number, oldest first; expired ones are passed over. */
  read(after: string, { records: limit = 10_000, bytes = 10 * 1024 * 1024 }: ReadLimit = {}): StreamRecord[] {
    const found: StreamRecord[] = [];
    let size = 0;
    const expired = this.#options.now() - this.#options.retentionMs;
    for (const segment of this.#segmentsAfter(after)) {
      const records = this.#recordsOf(segment);
      for (let i = firstAfter(records, after); i < records.length; i++) {
        const record = records[i] as StreamRecord;
        if (record.arrivedAt <= expired) continue;
        size += record.data.length;
        if (found.length >= limit || (found.length > 0 && size > bytes)) return found;
        found.push(record);
      }
    }
    return found;
  }

  /** The position that reads from the first record at or after a time, in epoch milliseconds. */
  positionBefore(time: number): string {
    let position = BEFORE_ALL;
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
    if (this.#latest > after || signal.aborted) return;
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

  /** Calls back with every record put from now on, before `put` returns, so it must not throw; call what comes back to end it. */
  onRecord(listener: (record: StreamRecord) => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  /** Takes no more records. What was kept can still be read. */
  close(): void {
    this.#closed = true;
    this.#sealCurrent();
  }

  #segmentToWrite(record: StreamRecord): OpenSegment {
    const current = this.#current;
    const { segmentBytes, segmentMs } = this.#options;
    if (current && current.file.bytes < segmentBytes && record.arrivedAt - current.since < segmentMs)
      return current;
    this.#sealCurrent();
    this.#removeExpired();
    const segment = segmentFrom(this.#folder, record.sequenceNumber);
    this.#segments.push(segment);
    this.#current = { file: new JsonLines(segment.path), segment, records: [], since: record.arrivedAt };
    return this.#current;
  }

  #sealCurrent(): void {
    if (!this.#current) return;
    const { file, segment, records } = this.#current;
    file.close();
    this.#read = { segment, records };
    this.#current = undefined;
  }

  #recordsOf(segment: Segment): StreamRecord[] {
    if (segment === this.#current?.segment) return this.#current.records;
    if (segment !== this.#read?.segment) this.#read = { segment, records: readSegment(segment) };
    return this.#read.records;
  }

  #segmentsAfter(after: string): Segment[] {
    const next = this.#segments.findIndex((segment) => segment.first > after);
    return next < 0 ? this.#segments.slice(-1) : this.#segments.slice(Math.max(0, next - 1));
  }

  #findLatest(): void {
    while (this.#segments.length > 0) {
      const segment = this.#segments.at(-1) as Segment;
      const last = this.#recordsOf(segment).at(-1);
      if (last) {
        this.#latest = last.sequenceNumber;
        return;
      }
      // Its only line was torn.
      removeSegment(segment);
      this.#segments.pop();
    }
  }

  /** The newest file stays whatever its age: the sequence numbers go on from it. */
  #removeExpired(): void {
    const expired = this.#options.now() - this.#options.retentionMs;
    while (this.#segments.length > 1 && lastWrittenAt(this.#segments[0] as Segment) <= expired) {
      removeSegment(this.#segments.shift() as Segment);
    }
  }
}

/** Where the records after a sequence number begin. */
function firstAfter(records: readonly StreamRecord[], after: string): number {
  let low = 0;
  let high = records.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((records[middle] as StreamRecord).sequenceNumber <= after) low = middle + 1;
    else high = middle;
  }
  return low;
}

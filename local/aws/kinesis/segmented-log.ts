import { mkdirSync } from 'node:fs';
import { damageText, type OnDamage, tellOnStderr } from '../../disk/damage.ts';
import { JsonLines } from '../../disk/json-lines.ts';
import { setAside } from '../../disk/set-aside.ts';
import {
  lastWrittenAt,
  lineOf,
  listSegments,
  readSegment,
  removeSegment,
  type Segment,
  type StreamRecord,
  segmentFrom,
} from './segment.ts';
import { beforeFirst } from './sequence-number.ts';

/** How long records are kept, and in what pieces. */
export interface LogOptions {
  /** Records older than this are not read any more, and later removed. */
  readonly retentionMs: number;
  /** A new file is begun when the one written to has grown to this size… */
  readonly segmentBytes: number;
  /** …or is this old, so that whole files can be removed as they expire. */
  readonly segmentMs: number;
  /** The clock, in epoch milliseconds. */
  readonly now: () => number;
  /** Told of records that cannot be read; standard error by default. */
  readonly onDamage?: OnDamage | undefined;
}

interface OpenSegment {
  readonly segment: Segment;
  readonly file: JsonLines<unknown>;
  readonly records: StreamRecord[];
  /** When it was begun, in epoch milliseconds. */
  readonly since: number;
}

/**
 * Records on disk, in order, in segments that are removed as they expire. Only the records being written and the
 * last segment read are held in memory.
 */
export class SegmentedLog {
  readonly #folder: string;
  readonly #options: LogOptions;
  #segments: Segment[];
  #current: OpenSegment | undefined;
  /** The sealed segment that was read last: a reader who lags goes through a segment in many small steps. */
  #read: { segment: Segment; records: StreamRecord[] } | undefined;
  #latest = beforeFirst;

  /**
   * Opens the log in `folder`, making it if need be. A line torn when the process ended is dropped, and a damaged one.
   */
  constructor(folder: string, options: LogOptions) {
    this.#folder = folder;
    this.#options = options;
    mkdirSync(folder, { recursive: true });
    this.#segments = listSegments(folder);
    this.#findLatest();
    this.#removeExpired();
  }

  /** The sequence number of the newest record. */
  get latest(): string {
    return this.#latest;
  }

  /** Adds a record, whose sequence number is greater than {@link latest}. It is on disk when this returns. */
  append(record: StreamRecord): void {
    const current = this.#segmentToWrite(record);
    current.file.appendText(lineOf(record));
    current.records.push(record);
    this.#latest = record.sequenceNumber;
  }

  /** Records after a sequence number, oldest first; expired ones are passed over. */
  *after(sequenceNumber: string): Generator<StreamRecord> {
    const expired = this.#options.now() - this.#options.retentionMs;
    for (const segment of this.#segmentsAfter(sequenceNumber)) {
      const records = this.#recordsOf(segment);
      for (let i = firstAfter(records, sequenceNumber); i < records.length; i++) {
        const record = records[i] as StreamRecord;
        if (record.arrivedAt > expired) yield record;
      }
    }
  }

  /** Closes the file that is written to. What was kept can still be read. */
  seal(): void {
    if (!this.#current) return;
    const { file, segment, records } = this.#current;
    file.close();
    this.#read = { segment, records };
    this.#current = undefined;
  }

  #segmentToWrite(record: StreamRecord): OpenSegment {
    const current = this.#current;
    const { segmentBytes, segmentMs } = this.#options;
    if (current && current.file.bytes < segmentBytes && record.arrivedAt - current.since < segmentMs)
      return current;
    this.seal();
    this.#removeExpired();
    const segment = segmentFrom(this.#folder, record.sequenceNumber);
    this.#segments.push(segment);
    this.#current = { file: new JsonLines(segment.path), segment, records: [], since: record.arrivedAt };
    return this.#current;
  }

  #recordsOf(segment: Segment): StreamRecord[] {
    if (segment === this.#current?.segment) return this.#current.records;
    if (segment !== this.#read?.segment) this.#read = { segment, records: this.#intact(segment) };
    return this.#read.records;
  }

  /** A damaged segment is set aside, and what can be read of it takes its place. */
  #intact(segment: Segment): StreamRecord[] {
    const { records, damaged } = readSegment(segment);
    if (damaged === 0) return records;
    const aside = setAside(segment.path);
    const { onDamage = tellOnStderr } = this.#options;
    const file = new JsonLines(segment.path);
    for (const record of records) file.appendText(lineOf(record));
    file.close();
    onDamage(damageText.records(segment.path, records.length, damaged, aside));
    return records;
  }

  #segmentsAfter(sequenceNumber: string): Segment[] {
    const next = this.#segments.findIndex((segment) => segment.first > sequenceNumber);
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
      // Its only line was torn, or all were damaged.
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
function firstAfter(records: readonly StreamRecord[], sequenceNumber: string): number {
  let low = 0;
  let high = records.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((records[middle] as StreamRecord).sequenceNumber <= sequenceNumber) low = middle + 1;
    else high = middle;
  }
  return low;
}

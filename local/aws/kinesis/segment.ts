import { lstatSync, readdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { isForbidden } from '../../disk/damage.ts';
import { readLines } from '../../disk/json-lines.ts';
import { isSealed, seal, unseal } from '../../disk/sealed-line.ts';
import { isSequenceNumber } from './sequence-number.ts';

/** One record of a data stream. */
export interface StreamRecord {
  /** 56 digits; compares as text. */
  readonly sequenceNumber: string;
  readonly partitionKey: string;
  readonly data: Buffer;
  /** When it was put, in epoch milliseconds. */
  readonly arrivedAt: number;
}

/** A record as its line in a segment's file, which has a checksum. */
interface RecordLine {
  readonly sequenceNumber: string;
  readonly partitionKey: string;
  /** In base64. */
  readonly data: string;
  readonly arrivedAt: number;
}

/** A piece of a stream's log: the file named for its first record. */
export interface Segment {
  readonly path: string;
  readonly first: string;
}

const extension = '.jsonl';

/** A stream's segments, oldest first. */
export function listSegments(folder: string): Segment[] {
  return readdirSync(folder)
    .filter((file) => file.endsWith(extension))
    .sort()
    .map((file) => ({ path: join(folder, file), first: file.slice(0, -extension.length) }));
}

/** The segment that begins with this record. */
export function segmentFrom(folder: string, first: string): Segment {
  return { path: join(folder, `${first}${extension}`), first };
}

/** The line of a record. */
export function lineOf(record: StreamRecord): string {
  return seal(JSON.stringify({ ...record, data: record.data.toString('base64') } satisfies RecordLine));
}

/** A segment's records, in order, and how many of its lines are damaged. */
export interface SegmentContent {
  readonly records: StreamRecord[];
  readonly damaged: number;
}

/** Reads a segment: all records but those whose lines are damaged. */
export function readSegment(segment: Segment): SegmentContent {
  let lines: readonly string[];
  try {
    lines = readLines(segment.path);
  } catch (error) {
    if (isForbidden(error)) throw error;
    return { records: [], damaged: 1 };
  }
  const records = lines.flatMap(recordOf);
  return { records, damaged: lines.length - records.length };
}

function recordOf(line: string): StreamRecord[] {
  const value = isSealed(line) ? unseal(line)?.[0] : parsed(line);
  if (!isRecordLine(value)) return [];
  return [{ ...value, data: Buffer.from(value.data, 'base64') }];
}

/** Lines had no checksum once. */
function parsed(line: string): unknown {
  try {
    return JSON.parse(line);
  } catch {
    return undefined;
  }
}

function isRecordLine(value: unknown): value is RecordLine {
  const { sequenceNumber, partitionKey, data, arrivedAt } = (value ?? {}) as Partial<RecordLine>;
  return (
    typeof sequenceNumber === 'string' &&
    isSequenceNumber(sequenceNumber) &&
    typeof partitionKey === 'string' &&
    typeof data === 'string' &&
    Number.isFinite(arrivedAt)
  );
}

/** When its last record was written, in epoch milliseconds. */
export function lastWrittenAt(segment: Segment): number {
  return lstatSync(segment.path).mtimeMs;
}

/** Removes a segment's file, or whatever is in its place. */
export function removeSegment(segment: Segment): void {
  rmSync(segment.path, { recursive: true, force: true });
}

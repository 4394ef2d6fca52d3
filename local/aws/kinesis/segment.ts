import { readdirSync, rmSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { readJsonLines } from '../../disk/json-lines.ts';

/** One record of a data stream. */
export interface StreamRecord {
  /** 56 digits; compares as text. */
  readonly sequenceNumber: string;
  readonly partitionKey: string;
  readonly data: Buffer;
  /** When it was put, in epoch milliseconds. */
  readonly arrivedAt: number;
}

/** A record as its line in a segment's file. */
export interface RecordLine {
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

/** All records of a segment, in order. */
export function readSegment(segment: Segment): StreamRecord[] {
  return readJsonLines<RecordLine>(segment.path).map((line) => ({
    ...line,
    data: Buffer.from(line.data, 'base64'),
  }));
}

/** When its last record was written, in epoch milliseconds. */
export function lastWrittenAt(segment: Segment): number {
  return statSync(segment.path).mtimeMs;
}

/** Removes a segment's file. */
export function removeSegment(segment: Segment): void {
  rmSync(segment.path, { force: true });
}

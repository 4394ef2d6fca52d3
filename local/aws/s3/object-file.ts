import { closeSync, openSync, readSync } from 'node:fs';
import { readFile } from 'node:fs/promises';

/** What is known of an object besides its bytes. */
export interface ObjectInfo {
  readonly key: string;
  /** Bytes. */
  readonly size: number;
  /** With its quotation marks. */
  readonly etag: string;
  /** Epoch milliseconds. */
  readonly lastModified: number;
  /** Headers that come back with it: content-type and its like, and `x-amz-meta-…`. */
  readonly headers: Readonly<Record<string, string>>;
  /** Checksums that the uploader gave, by header name: `x-amz-checksum-crc32`. */
  readonly checksums: Readonly<Record<string, string>>;
}

/** An object whole. */
export interface StoredObject {
  readonly info: ObjectInfo;
  readonly body: Buffer;
}

const lineFeed = 0x0a;
/** Node takes 16 KiB of request headers, and JSON makes of them at most six times as much. */
const maxInfoBytes = 128 * 1024;

/** An object as one file, so that its info and its bytes are replaced together: a line of JSON, then the bytes. */
export function objectFile({ info, body }: StoredObject): Buffer {
  return Buffer.concat([Buffer.from(`${JSON.stringify(info)}\n`), body]);
}

/** Reads an object; undefined if there is no such file. */
export async function readObjectFile(path: string): Promise<StoredObject | undefined> {
  try {
    const content = await readFile(path);
    const end = content.indexOf(lineFeed);
    return { info: JSON.parse(content.toString('utf8', 0, end)), body: content.subarray(end + 1) };
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
    throw error;
  }
}

/** Reads only the first line; undefined for a file that is not an object's. */
export function readObjectInfo(path: string): ObjectInfo | undefined {
  const file = openSync(path, 'r');
  try {
    const start = Buffer.alloc(maxInfoBytes);
    const end = start.subarray(0, readSync(file, start)).indexOf(lineFeed);
    return end < 0 ? undefined : JSON.parse(start.toString('utf8', 0, end));
  } catch {
    return undefined;
  } finally {
    closeSync(file);
  }
}

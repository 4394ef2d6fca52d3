import { createHash } from 'node:crypto';
import { closeSync, fstatSync, openSync, readSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { crc32 } from 'node:zlib';
import { codeOf } from '../../disk/disk-full.ts';
import { isSealed, seal, unseal } from '../../disk/sealed-line.ts';

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
/** Most headers are a few hundred bytes: read first, for there are many objects and one start. */
const usualInfoBytes = 4 * 1024;

/** The name of an object's file: no key is a path, and keys that differ only in case stay apart everywhere. */
export const fileNameOf = (key: string): string => createHash('sha256').update(key).digest('hex');

/** Whether a name is that of an object's file, and not of one unfinished or set aside. */
export const isObjectFile = (name: string): boolean => /^[0-9a-f]{64}$/.test(name);

/** An ETag as S3 makes it of a body's MD5. */
export function md5(body: Buffer): string {
  return `"${createHash('md5').update(body).digest('hex')}"`;
}

/**
 * An object as one file, so that its info and its bytes are replaced together: a sealed line with the info and the
 * body's CRC-32, then the bytes.
 */
export function objectFile({ info, body }: StoredObject): Buffer {
  const line = seal(JSON.stringify(info), String(crc32(body)));
  return Buffer.concat([Buffer.from(`${line}\n`), body]);
}

/** Reads an object; undefined if there is no such file, or it is none of an object. */
export async function readObjectFile(path: string): Promise<StoredObject | undefined> {
  try {
    const content = await readFile(path);
    const end = content.indexOf(lineFeed);
    const info = infoIn(content.toString('utf8', 0, Math.max(0, end)))?.info;
    return info && { info, body: content.subarray(end + 1) };
  } catch (error) {
    if (['ENOENT', 'EISDIR', 'ELOOP'].includes(codeOf(error) ?? '')) return undefined;
    throw error;
  }
}

/**
 * Reads only the first line, and sees that as many bytes follow as it says.
 *
 * @returns undefined for a file that is not this object's, or not all of it
 */
export function readObjectInfo(path: string, name: string): ObjectInfo | undefined {
  try {
    const file = openSync(path, 'r');
    try {
      const line = firstLine(file, usualInfoBytes) ?? firstLine(file, maxInfoBytes);
      const info = line === undefined ? undefined : infoIn(line)?.info;
      if (!info || fileNameOf(info.key) !== name) return undefined;
      return fstatSync(file).size === Buffer.byteLength(line!) + 1 + info.size ? info : undefined;
    } finally {
      closeSync(file);
    }
  } catch {
    return undefined;
  }
}

/** Whether a file is this object's, to the last byte. */
export async function isIntact(path: string, name: string): Promise<boolean> {
  const content = await readFile(path).catch(() => undefined);
  const end = content?.indexOf(lineFeed) ?? -1;
  const found = content && infoIn(content.toString('utf8', 0, Math.max(0, end)));
  if (!found || fileNameOf(found.info.key) !== name) return false;
  const body = content.subarray(end + 1);
  if (body.length !== found.info.size) return false;
  if (found.sum !== undefined) return crc32(body) === found.sum;
  // From before files had a checksum; an object uploaded in parts has none that could be compared.
  return found.info.etag.includes('-') || md5(body) === found.info.etag;
}

function firstLine(file: number, bytes: number): string | undefined {
  const start = Buffer.alloc(bytes);
  const end = start.subarray(0, readSync(file, start, 0, bytes, 0)).indexOf(lineFeed);
  return end < 0 ? undefined : start.toString('utf8', 0, end);
}

function infoIn(line: string): { readonly info: ObjectInfo; readonly sum?: number } | undefined {
  if (!isSealed(line)) return unsealedInfo(line);
  const [info, sum] = (unseal(line) ?? []) as [ObjectInfo?, number?];
  return info && { info, ...(sum !== undefined && { sum }) };
}

function unsealedInfo(line: string): { readonly info: ObjectInfo } | undefined {
  try {
    const info = JSON.parse(line) as ObjectInfo;
    return typeof info?.key === 'string' && typeof info.size === 'number' ? { info } : undefined;
  } catch {
    return undefined;
  }
}

import { createHash, randomUUID } from 'node:crypto';
import { mkdirSync, readdirSync, renameSync, rmSync } from 'node:fs';
import { rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import {
  type ObjectInfo,
  objectFile,
  readObjectFile,
  readObjectInfo,
  type StoredObject,
} from './object-file.ts';
import { s3Error } from './s3-error.ts';

/** An object to be stored. */
export interface NewObject {
  readonly key: string;
  readonly body: Buffer;
  readonly headers?: Readonly<Record<string, string>>;
  readonly checksums?: Readonly<Record<string, string>>;
  /** In quotation marks; the body's MD5 if absent. */
  readonly etag?: string;
  /** Is told what would be replaced and throws if that must not be. Nothing comes between it and the writing. */
  readonly allowed?: (existing: ObjectInfo | undefined) => void;
}

const maxKeyBytes = 1024;
const unfinished = '.new';

/**
 * A bucket on disk. An object's file is named by the SHA-256 of its key, so that no key is a path and keys
 * that differ only in case stay apart on every file system. What is in the bucket is held in memory.
 */
export class Bucket {
  readonly name: string;
  readonly createdAt: Date;
  /** Where multipart uploads collect their parts. */
  readonly uploads: string;
  readonly #objects: string;
  readonly #infos = new Map<string, ObjectInfo>();
  #closed = false;

  constructor(name: string, folder: string, createdAt: Date) {
    this.name = name;
    this.createdAt = createdAt;
    this.uploads = join(folder, 'uploads');
    this.#objects = join(folder, 'objects');
    mkdirSync(this.#objects, { recursive: true });
    mkdirSync(this.uploads, { recursive: true });
    for (const file of readdirSync(this.#objects)) this.#find(join(this.#objects, file));
  }

  /** What is known of an object. */
  info(key: string): ObjectInfo | undefined {
    return this.#infos.get(key);
  }

  /** All objects, in the order of their keys' UTF-8 bytes, as S3 lists them. */
  list(): ObjectInfo[] {
    return [...this.#infos.values()].sort((a, b) => Buffer.compare(Buffer.from(a.key), Buffer.from(b.key)));
  }

  /** An object whole; undefined if there is none. */
  async read(key: string): Promise<StoredObject | undefined> {
    return this.#infos.has(key) ? await readObjectFile(this.#path(key)) : undefined;
  }

  /**
   * Stores an object in place of the one of that key, whole or not at all.
   * @throws AwsError KeyTooLongError, NoSuchBucket if it was deleted meanwhile, and whatever `allowed` throws
   */
  async write({ key, body, headers = {}, checksums = {}, etag, allowed }: NewObject): Promise<ObjectInfo> {
    if (Buffer.byteLength(key) > maxKeyBytes) throw s3Error('KeyTooLongError');
    // S3 keeps whole seconds, and tools compare them with the header that says so.
    const lastModified = Math.floor(Date.now() / 1000) * 1000;
    const info = { key, size: body.length, etag: etag ?? md5(body), lastModified, headers, checksums };
    const fresh = `${this.#path(key)}.${randomUUID()}${unfinished}`;
    try {
      await writeFile(fresh, objectFile({ info, body }));
      allowed?.(this.#infos.get(key));
      renameSync(fresh, this.#path(key));
    } catch (error) {
      await rm(fresh, { force: true });
      throw this.#closed ? s3Error('NoSuchBucket') : error;
    }
    this.#infos.set(key, info);
    return info;
  }

  /** Deletes an object; nothing happens if there is none. */
  async delete(key: string): Promise<void> {
    if (!this.#infos.delete(key)) return;
    rmSync(this.#path(key), { force: true });
  }

  /** Takes no more objects: the bucket is deleted. */
  close(): void {
    this.#closed = true;
  }

  #path(key: string): string {
    return join(this.#objects, createHash('sha256').update(key).digest('hex'));
  }

  #find(path: string): void {
    const info = path.endsWith(unfinished) ? undefined : readObjectInfo(path);
    if (info) this.#infos.set(info.key, info);
    else rmSync(path, { force: true });
  }
}

/** An ETag as S3 makes it of a body's MD5. */
export function md5(body: Buffer): string {
  return `"${createHash('md5').update(body).digest('hex')}"`;
}

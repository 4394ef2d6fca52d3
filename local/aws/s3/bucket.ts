import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import type { Mirrored } from '../../disk/damage.ts';
import { md5, type ObjectInfo, objectFile, readObjectFile, type StoredObject } from './object-file.ts';
import { type ObjectFileOptions, ObjectFiles } from './object-files.ts';
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

/** A bucket on disk, each object in a file with a copy. What is in the bucket is held in memory. */
export class Bucket {
  readonly name: string;
  readonly createdAt: Date;
  /** Where multipart uploads collect their parts. */
  readonly uploads: string;
  readonly #files: ObjectFiles;
  readonly #infos = new Map<string, ObjectInfo>();
  #closed = false;

  private constructor(name: string, { path }: Mirrored, createdAt: Date, files: ObjectFiles) {
    this.name = name;
    this.createdAt = createdAt;
    this.uploads = join(path, 'uploads');
    this.#files = files;
    mkdirSync(this.uploads, { recursive: true });
  }

  /** Opens the bucket that is kept in a folder, making it if need be. */
  static async open(
    name: string,
    place: Mirrored,
    createdAt: Date,
    options: ObjectFileOptions = {},
  ): Promise<Bucket> {
    const objects = { path: join(place.path, 'objects'), mirror: join(place.mirror, 'objects') };
    const files = new ObjectFiles(objects, options);
    const bucket = new Bucket(name, place, createdAt, files);
    for (const info of await files.open()) bucket.#infos.set(info.key, info);
    return bucket;
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
    return this.#infos.has(key) ? await readObjectFile(this.#files.path(key)) : undefined;
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
    try {
      await this.#files.write(
        key,
        objectFile({ info, body }),
        () => allowed?.(this.#infos.get(key)),
        () => this.#infos.set(key, info),
      );
    } catch (error) {
      throw this.#closed ? s3Error('NoSuchBucket') : error;
    }
    return info;
  }

  /** Deletes an object; nothing happens if there is none. */
  async delete(key: string): Promise<void> {
    if (this.#infos.delete(key)) await this.#files.delete(key, () => this.#infos.has(key));
  }

  /**
   * Looks at every byte of every object and its copy, and puts right what can be. An object that is lost is none any
   * more.
   */
  async check(signal: AbortSignal): Promise<void> {
    for (const { key } of this.list()) {
      if (signal.aborted || this.#closed) return;
      const before = this.#infos.get(key);
      if (!before) continue;
      const after = await this.#files.check(key, () => this.#infos.get(key) === before);
      // Written or deleted meanwhile: then it is not what was looked at.
      if (after === 'changed' || this.#infos.get(key) !== before) continue;
      if (after) this.#infos.set(key, after);
      else this.#infos.delete(key);
    }
  }

  /** Takes no more objects: the bucket is deleted. */
  close(): void {
    this.#closed = true;
  }
}

import {
  DeleteObjectCommand,
  GetObjectCommand,
  ListObjectsV2Command,
  NoSuchKey,
  PutObjectCommand,
  paginateListObjectsV2,
  S3Client,
} from '@aws-sdk/client-s3';

import type { ClientOptions } from './call-timeout.ts';
import type { StorageFolder } from './storage-key.ts';

/** The bucket, by an SDK client that finds Region, credentials and endpoint itself. */
export const createStorage = (bucket: string, options: ClientOptions): Storage =>
  new Storage(new S3Client(options), bucket);

/** The bucket: the truth about photos, songs and snapshots. */
export class Storage {
  readonly #client: S3Client;
  readonly #bucket: string;

  constructor(client: S3Client, bucket: string) {
    this.#client = client;
    this.#bucket = bucket;
  }

  async put(key: string, bytes: Uint8Array, contentType: string): Promise<void> {
    await this.#client.send(
      new PutObjectCommand({ Bucket: this.#bucket, Key: key, Body: bytes, ContentType: contentType }),
    );
  }

  /** @throws the SDK's NoSuchKey when there is no such object */
  async get(key: string): Promise<Uint8Array> {
    const { Body } = await this.#client.send(new GetObjectCommand({ Bucket: this.#bucket, Key: key }));
    return Body!.transformToByteArray();
  }

  /**
   * As {@link get}, for what may not be there (yet). Its role needs `s3:ListBucket` too: without it, S3 answers 403
   * and not 404 for what is missing (S3 API reference, GetObject).
   */
  async find(key: string): Promise<Uint8Array | undefined> {
    try {
      return await this.get(key);
    } catch (error) {
      if (error instanceof NoSuchKey) return undefined;
      throw error;
    }
  }

  /**
   * Whether there is such an object. It asks for a list that begins with that key, so that its role need not be able to
   * read the object, as HeadObject would want.
   */
  async has(key: string): Promise<boolean> {
    const { Contents = [] } = await this.#client.send(
      new ListObjectsV2Command({ Bucket: this.#bucket, Prefix: key, MaxKeys: 1 }),
    );
    return Contents[0]?.Key === key;
  }

  /** All objects of a folder (`photos/`), with the time when each was written, in milliseconds since 1970. */
  async list(folder: StorageFolder): Promise<Array<{ readonly key: string; readonly lastModified: number }>> {
    const found = [];
    const pages = paginateListObjectsV2({ client: this.#client }, { Bucket: this.#bucket, Prefix: folder });
    for await (const { Contents = [] } of pages) {
      for (const { Key: key = '', LastModified } of Contents) {
        found.push({ key, lastModified: LastModified?.getTime() ?? 0 });
      }
    }
    return found;
  }

  async delete(key: string): Promise<void> {
    await this.#client.send(new DeleteObjectCommand({ Bucket: this.#bucket, Key: key }));
  }
}

import { randomUUID } from 'node:crypto';
import { mkdirSync, readdirSync, renameSync, rmSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { readJsonFile, writeFileAtomic } from '../../disk/atomic-file.ts';
import { Bucket } from './bucket.ts';
import { abortOldUploads } from './old-uploads.ts';
import { s3Error } from './s3-error.ts';

const aboutFile = 'bucket.json';
/** Begins the name of a bucket's folder that is being removed; no bucket is called so. */
const doomedPrefix = 'DELETED-';
/** "General purpose bucket naming rules"; no name of this form leads out of its folder. */
const bucketName = /^(?!.*\.\.)[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]$/;

/** The buckets of this machine, one folder each under `<folder>/s3`. */
export class ObjectStore {
  readonly #folder: string;
  readonly #buckets = new Map<string, Bucket>();

  /** Opens all buckets in the data folder. */
  constructor(folder: string) {
    this.#folder = join(folder, 's3');
    mkdirSync(this.#folder, { recursive: true });
    for (const name of readdirSync(this.#folder)) {
      if (name.startsWith(doomedPrefix)) {
        rmSync(join(this.#folder, name), { recursive: true, force: true });
        continue;
      }
      const about = readJsonFile<{ createdAt: string }>(join(this.#folder, name, aboutFile));
      if (about) this.#open(name, new Date(about.createdAt));
    }
  }

  /** In alphabetical order. */
  buckets(): Bucket[] {
    return [...this.#buckets.values()].sort((a, b) => (a.name < b.name ? -1 : 1));
  }

  /** @throws AwsError NoSuchBucket */
  bucket(name: string): Bucket {
    const bucket = this.#buckets.get(name);
    if (bucket) return bucket;
    throw s3Error('NoSuchBucket');
  }

  /** The bucket of this name, created if there is none. @throws AwsError InvalidBucketName */
  async ensureBucket(name: string): Promise<Bucket> {
    if (!bucketName.test(name)) throw s3Error('InvalidBucketName');
    const known = this.#buckets.get(name);
    if (known) return known;
    const createdAt = new Date();
    await writeFileAtomic(join(this.#folder, name, aboutFile), JSON.stringify({ createdAt }));
    return this.#buckets.get(name) ?? this.#open(name, createdAt);
  }

  /** Deletes a bucket with all that is in it; at once for everyone else. */
  async delete(bucket: Bucket): Promise<void> {
    const doomed = join(this.#folder, `${doomedPrefix}${randomUUID()}`);
    // Renamed first: a deletion that is cut short must not leave half a bucket behind.
    renameSync(join(this.#folder, bucket.name), doomed);
    bucket.close();
    this.#buckets.delete(bucket.name);
    await rm(doomed, { recursive: true, force: true });
  }

  /** An object's bytes for other services of this machine; undefined if there is no such object. */
  async readObject(bucket: string, key: string): Promise<Buffer | undefined> {
    return (await this.#buckets.get(bucket)?.read(key))?.body;
  }

  #open(name: string, createdAt: Date): Bucket {
    const bucket = new Bucket(name, join(this.#folder, name), createdAt);
    abortOldUploads(bucket);
    this.#buckets.set(name, bucket);
    return bucket;
  }
}

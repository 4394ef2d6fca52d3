import { mkdirSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { readJsonFile, writeFileAtomic } from '../../disk/atomic-file.ts';
import { Bucket } from './bucket.ts';
import { s3Error } from './s3-error.ts';

const ABOUT = 'bucket.json';
/** "General purpose bucket naming rules"; no name of this form leads out of its folder. */
const BUCKET_NAME = /^(?!.*\.\.)[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]$/;

/** The buckets of this machine, one folder each under `<folder>/s3`. */
export class ObjectStore {
  readonly #folder: string;
  readonly #buckets = new Map<string, Bucket>();

  /** Opens all buckets in the data folder. */
  constructor(folder: string) {
    this.#folder = join(folder, 's3');
    mkdirSync(this.#folder, { recursive: true });
    for (const name of readdirSync(this.#folder)) {
      const about = readJsonFile<{ createdAt: string }>(join(this.#folder, name, ABOUT));
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
    if (!BUCKET_NAME.test(name)) throw s3Error('InvalidBucketName');
    const known = this.#buckets.get(name);
    if (known) return known;
    const createdAt = new Date();
    await writeFileAtomic(join(this.#folder, name, ABOUT), JSON.stringify({ createdAt }));
    return this.#buckets.get(name) ?? this.#open(name, createdAt);
  }

  /** An object's bytes for other services of this machine; undefined if there is no such object. */
  async readObject(bucket: string, key: string): Promise<Buffer | undefined> {
    return (await this.#buckets.get(bucket)?.read(key))?.body;
  }

  #open(name: string, createdAt: Date): Bucket {
    const bucket = new Bucket(name, join(this.#folder, name), createdAt);
    this.#buckets.set(name, bucket);
    return bucket;
  }
}

import { randomUUID } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, renameSync, rmSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { writeFileAtomic } from '../../disk/atomic-file.ts';
import { type Mirrored, mirrored, mirrorFolder } from '../../disk/damage.ts';
import { readOrBegin } from '../../disk/made-anew.ts';
import { Bucket } from './bucket.ts';
import type { ObjectFileOptions } from './object-files.ts';
import { abortOldUploads } from './old-uploads.ts';
import { s3Error } from './s3-error.ts';

const aboutFile = 'bucket.json';
/** Begins the name of a bucket's folder that is being removed; no bucket is called so. */
const doomedPrefix = 'DELETED-';
/** "General purpose bucket naming rules"; no name of this form leads out of its folder. */
const bucketName = /^(?!.*\.\.)[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]$/;

/** The buckets of this machine, one folder each under `<folder>/s3`, and their copies. */
export class ObjectStore {
  readonly #folder: string;
  readonly #options: ObjectFileOptions;
  readonly #buckets = new Map<string, Bucket>();
  /** Opened once, however many ask: whoever opens a bucket takes what is half written there for left over. */
  readonly #making = new Map<string, Promise<Bucket>>();

  private constructor(folder: string, options: ObjectFileOptions) {
    this.#folder = folder;
    this.#options = options;
  }

  /** Opens all buckets in the data folder. */
  static async open(folder: string, options: ObjectFileOptions = {}): Promise<ObjectStore> {
    const store = new ObjectStore(folder, options);
    for (const name of store.#namesFound()) {
      const { path, mirror } = store.#place(name);
      const file = join(path, aboutFile);
      const lost = 'when the bucket was made';
      const about = readOrBegin(file, isAbout, { onDamage: options.onDamage, lost });
      const isBucket = about ?? [path, mirror].some((one) => existsSync(join(one, 'objects')));
      if (!isBucket) continue;
      const createdAt = new Date(about?.createdAt ?? Date.now());
      if (!about) await writeFileAtomic(file, JSON.stringify({ createdAt }));
      const bucket = await Bucket.open(name, store.#place(name), createdAt, options);
      abortOldUploads(bucket);
      store.#buckets.set(name, bucket);
    }
    return store;
  }

  /** As {@link Bucket.check}, for all buckets. */
  async check(signal: AbortSignal): Promise<void> {
    for (const bucket of this.buckets()) await bucket.check(signal);
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
    const making = this.#making.get(name) ?? this.#make(name);
    this.#making.set(name, making);
    return await making.finally(() => this.#making.delete(name));
  }

  /** Deletes a bucket with all that is in it; at once for everyone else. */
  async delete(bucket: Bucket): Promise<void> {
    const { path, mirror } = this.#place(bucket.name);
    // Renamed first: a deletion that is cut short must not leave half a bucket behind. The copies before the bucket:
    // the other way round they would bring it back.
    const doomed = [mirror, path].flatMap((folder) => (existsSync(folder) ? [doom(folder)] : []));
    bucket.close();
    this.#buckets.delete(bucket.name);
    for (const folder of doomed) await rm(folder, { recursive: true, force: true });
  }

  /** An object's bytes for other services of this machine; undefined if there is no such object. */
  async readObject(bucket: string, key: string): Promise<Buffer | undefined> {
    return (await this.#buckets.get(bucket)?.read(key))?.body;
  }

  async #make(name: string): Promise<Bucket> {
    const place = this.#place(name);
    const createdAt = new Date();
    await writeFileAtomic(join(place.path, aboutFile), JSON.stringify({ createdAt }));
    const bucket = await Bucket.open(name, place, createdAt, this.#options);
    this.#buckets.set(name, bucket);
    return bucket;
  }

  /** Of the buckets that are there, or were: one that is gone may have its copies. What is doomed is removed. */
  #namesFound(): Set<string> {
    const names = new Set<string>();
    for (const folder of [join(this.#folder, 's3'), join(this.#folder, mirrorFolder, 's3')]) {
      mkdirSync(folder, { recursive: true });
      for (const name of readdirSync(folder)) {
        if (name.startsWith(doomedPrefix)) rmSync(join(folder, name), { recursive: true, force: true });
        else if (bucketName.test(name)) names.add(name);
      }
    }
    return names;
  }

  #place(name: string): Mirrored {
    return mirrored(this.#folder, 's3', name);
  }
}

const isAbout = (value: unknown): value is { readonly createdAt: string } =>
  !Number.isNaN(Date.parse(String((value as { readonly createdAt?: unknown } | null)?.createdAt)));

/** @returns where it is now */
function doom(folder: string): string {
  const doomed = join(dirname(folder), `${doomedPrefix}${randomUUID()}`);
  renameSync(folder, doomed);
  return doomed;
}

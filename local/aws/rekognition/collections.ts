import { createHash } from 'node:crypto';
import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { type Mirrored, mirrored, mirrorFolder, type OpenOptions, tellOnStderr } from '../../disk/damage.ts';
import { readMirrored } from '../../disk/mirrored-file.ts';
import { AwsError } from '../protocol/aws-error.ts';
import { StateFile } from '../state-file.ts';
import { Collection, type CollectionEngine, type IndexedFace, type StoredCollection } from './collection.ts';

interface KnownCollection {
  readonly collection: Collection;
  readonly file: StateFile<StoredCollection>;
}

/** The collections of this machine, one file each under `<folder>/rekognition/collections`. */
export class Collections {
  readonly #folder: string;
  readonly #engine: CollectionEngine;
  readonly #known = new Map<string, KnownCollection>();

  /** Reads all collections in the data folder. @throws DamagedError */
  constructor(folder: string, engine: CollectionEngine, options: OpenOptions = {}) {
    this.#engine = engine;
    this.#folder = folder;
    for (const name of this.#names()) {
      const stored = readMirrored<StoredCollection>(this.#place(name), { ...options, lost });
      if (stored) this.#know(this.#comparable(stored, options));
    }
  }

  /** In alphabetical order of their ids. */
  ids(): string[] {
    return [...this.#known.keys()].sort();
  }

  find(id: string): Collection | undefined {
    return this.#known.get(id)?.collection;
  }

  /** @throws AwsError ResourceNotFoundException */
  get(id: string): Collection {
    return this.#get(id).collection;
  }

  /** @throws AwsError ResourceAlreadyExistsException */
  async create(id: string): Promise<Collection> {
    if (this.#known.has(id)) {
      throw new AwsError('ResourceAlreadyExistsException', `The collection id: ${id} already exists`);
    }
    const { collection, file } = this.#know({ id, created: Date.now(), faces: [] });
    await file.save().catch((error: unknown) => {
      this.#known.delete(id);
      throw error;
    });
    return collection;
  }

  /** Adds faces; those that are there already are left alone. @throws AwsError ResourceNotFoundException */
  async add(id: string, faces: readonly IndexedFace[]): Promise<void> {
    const { collection, file } = this.#get(id);
    const fresh = faces.filter(({ faceId }) => !collection.face(faceId));
    if (fresh.length === 0) return;
    for (const face of fresh) collection.add(face);
    await file.save().catch((error: unknown) => {
      for (const { faceId } of fresh) collection.delete(faceId);
      throw error;
    });
  }

  /** Deletes faces; those that were there come back. @throws AwsError ResourceNotFoundException */
  async deleteFaces(id: string, faceIds: readonly string[]): Promise<string[]> {
    const { collection, file } = this.#get(id);
    const deleted = [...new Set(faceIds)].flatMap((faceId) => collection.face(faceId) ?? []);
    if (deleted.length === 0) return [];
    for (const { faceId } of deleted) collection.delete(faceId);
    await file.save().catch((error: unknown) => {
      for (const face of deleted) collection.add(face);
      throw error;
    });
    return deleted.map(({ faceId }) => faceId);
  }

  /** @throws AwsError ResourceNotFoundException */
  async delete(id: string): Promise<void> {
    const { file } = this.#get(id);
    await file.remove();
    this.#known.delete(id);
  }

  /** Without faces that another engine described. They stay in the file until something is written. */
  #comparable(stored: StoredCollection, { onDamage = tellOnStderr }: OpenOptions): StoredCollection {
    const { faces, engine } = stored;
    if (engine === this.#engine.name || faces.length === 0) return stored;
    onDamage(otherEngine(faces.length));
    return { ...stored, faces: [] };
  }

  #get(id: string): KnownCollection {
    const known = this.#known.get(id);
    if (known) return known;
    throw new AwsError('ResourceNotFoundException', `The collection id: ${id} does not exist`);
  }

  #know(stored: StoredCollection): KnownCollection {
    const collection = new Collection(stored, this.#engine);
    const place = this.#place(nameOf(stored.id));
    const file = new StateFile(place, () => collection.stored(), { lost });
    const known = { collection, file };
    this.#known.set(stored.id, known);
    return known;
  }

  /** The files that are there, or were: one that is gone may have its copy. */
  #names(): Set<string> {
    const folders = [this.#folder, join(this.#folder, mirrorFolder)].map((folder) => join(folder, ...place));
    const names = folders.flatMap((folder) => (existsSync(folder) ? readdirSync(folder) : []));
    return new Set(names.filter((name) => name.endsWith('.json')));
  }

  #place(name: string): Mirrored {
    return mirrored(this.#folder, ...place, name);
  }
}

const place = ['rekognition', 'collections'] as const;

const lost = 'the faces of a collection';

const otherEngine = (faces: number): string =>
  `${faces} known ${faces === 1 ? 'face was' : 'faces were'} described by another engine, and cannot be compared: ` +
  'nobody is recognised by them until they are found again in their photos, or that engine is back.';

/** Ids may be `..`, 255 characters long, or differ only in case: a hash is a file name everywhere. */
const nameOf = (id: string): string => `${createHash('sha256').update(id).digest('hex').slice(0, 32)}.json`;

import type { Description, FaceEngine, FoundFace, RatioBox } from './face-engine.ts';

/** The version of the faces' descriptions. Faces of different versions cannot be compared. */
export const faceModelVersion = '1.0';

/** A face in a collection. */
export interface IndexedFace extends Description {
  readonly faceId: string;
  /** The submitted image that it came from. */
  readonly imageId: string;
  readonly externalImageId: string | undefined;
  /** Where the face is in that image. */
  readonly box: RatioBox;
  /** 0 to 100. */
  readonly confidence: number;
  /** SHA-256 of the image's file, so that the same photo is not indexed twice. */
  readonly imageHash: string;
}

/** A collection as it lies on disk; descriptors are little-endian float32 in base64. */
export interface StoredCollection {
  readonly id: string;
  readonly created: number;
  /** The name of the engine that described the faces. */
  readonly engine?: string;
  readonly faces: readonly StoredFace[];
}

type StoredFace = Omit<IndexedFace, keyof Description> & {
  readonly descriptor: string;
  /** Not there in faces that were indexed before they were kept. */
  readonly atDoor?: string;
  readonly fromAfar?: string;
};

/** Several faces as one. */
interface Pooled {
  readonly as: Description;
  readonly photos: number;
}

/** What a collection asks of the engine. */
export type CollectionEngine = Pick<FaceEngine, 'similarity' | 'pooled' | 'name'>;

/** Rekognition's default threshold: from there on two faces are one person's. */
const onePerson = 80;

/** A collection of faces that can be searched. Every search looks at all of them: thousands take a millisecond. */
export class Collection {
  readonly id: string;
  /** Milliseconds since 1970. */
  readonly created: number;
  readonly #faces = new Map<string, IndexedFace>();
  readonly #engine: CollectionEngine;
  /** What the faces say together that are one person's, for each face that is not the only one. */
  #pooled: ReadonlyMap<string, Pooled> | undefined;

  constructor({ id, created, faces }: StoredCollection, engine: CollectionEngine) {
    this.id = id;
    this.created = created;
    this.#engine = engine;
    for (const face of faces) this.add(fromStored(face));
  }

  get size(): number {
    return this.#faces.size;
  }

  face(id: string): IndexedFace | undefined {
    return this.#faces.get(id);
  }

  /** All faces, by id. */
  faces(): IndexedFace[] {
    return [...this.#faces.values()].sort((a, b) => (a.faceId < b.faceId ? -1 : 1));
  }

  add(face: IndexedFace): void {
    this.#faces.set(face.faceId, face);
    this.#pooled = undefined;
  }

  /** Whether the face was there. */
  delete(id: string): boolean {
    this.#pooled = undefined;
    return this.#faces.delete(id);
  }

  /**
   * Faces at or above `threshold` (0 to 100), most similar first. A face is as similar as it is itself, or as it is
   * together with the other faces that are taken for the same person, whichever is more: what is odd in one photo is not
   * in all. Two people who are taken for one are so both similar, and cannot be told apart until one is more so.
   *
   * @param similarity of what is searched for to an indexed face, 0 to 100
   */
  search(
    similarity: FoundFace['similarity'],
    threshold: number,
    limit: number,
  ): { face: IndexedFace; similarity: number }[] {
    this.#pooled ??= this.#pool();
    const together = this.#pooled;
    return [...this.#faces.values()]
      .map((face) => {
        const pooled = together.get(face.faceId);
        const all = pooled?.photos ?? 1;
        const alone = similarity(face, { all, pooled: 1 });
        return {
          face,
          similarity: pooled ? Math.max(alone, similarity(pooled.as, { all, pooled: all })) : alone,
        };
      })
      .filter(({ similarity }) => similarity >= threshold)
      .sort((a, b) => b.similarity - a.similarity)
      .slice(0, limit);
  }

  #pool(): Map<string, Pooled> {
    const all = [...this.#faces.values()];
    const pooled = new Map<string, Pooled>();
    for (const face of all) {
      const same = all.filter((other) => this.#engine.similarity(face, other) >= onePerson);
      if (same.length > 1) pooled.set(face.faceId, { as: this.#engine.pooled(same), photos: same.length });
    }
    return pooled;
  }

  stored(): StoredCollection {
    const faces = this.faces().map(toStored);
    const { name } = this.#engine;
    return { id: this.id, created: this.created, ...(name !== undefined && { engine: name }), faces };
  }
}

function toStored({ descriptor, atDoor, fromAfar, ...face }: IndexedFace): StoredFace {
  return {
    ...face,
    descriptor: toBase64(descriptor),
    ...(atDoor && { atDoor: toBase64(atDoor) }),
    ...(fromAfar && { fromAfar: toBase64(fromAfar) }),
  };
}

function fromStored({ descriptor, atDoor, fromAfar, ...face }: StoredFace): IndexedFace {
  return {
    ...face,
    descriptor: fromBase64(descriptor),
    ...(atDoor !== undefined && { atDoor: fromBase64(atDoor) }),
    ...(fromAfar !== undefined && { fromAfar: fromBase64(fromAfar) }),
  };
}

function toBase64({ buffer, byteOffset, byteLength }: Float32Array): string {
  return Buffer.from(buffer, byteOffset, byteLength).toString('base64');
}

/** Copied, because a Float32Array must begin at a multiple of four bytes. */
function fromBase64(text: string): Float32Array {
  return new Float32Array(new Uint8Array(Buffer.from(text, 'base64')).buffer);
}

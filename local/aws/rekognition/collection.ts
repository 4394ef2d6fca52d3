import type { FaceEngine, RatioBox } from './face-engine.ts';

/** The version of the faces' descriptions. Faces of different versions cannot be compared. */
export const faceModelVersion = '1.0';

/** A face in a collection. */
export interface IndexedFace {
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
  readonly descriptor: Float32Array;
}

/** A collection as it lies on disk; descriptors are little-endian float32 in base64. */
export interface StoredCollection {
  readonly id: string;
  readonly created: number;
  readonly faces: readonly (Omit<IndexedFace, 'descriptor'> & { readonly descriptor: string })[];
}

/** A collection of faces that can be searched. Every search looks at all of them: thousands take a millisecond. */
export class Collection {
  readonly id: string;
  /** Milliseconds since 1970. */
  readonly created: number;
  readonly #faces = new Map<string, IndexedFace>();
  readonly #similarity: FaceEngine['similarity'];

  constructor({ id, created, faces }: StoredCollection, similarity: FaceEngine['similarity']) {
    this.id = id;
    this.created = created;
    this.#similarity = similarity;
    for (const face of faces) this.add({ ...face, descriptor: fromBase64(face.descriptor) });
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
  }

  /** Whether the face was there. */
  delete(id: string): boolean {
    return this.#faces.delete(id);
  }

  /** Faces at or above `threshold` (0 to 100), most similar first. */
  search(
    descriptor: Float32Array,
    threshold: number,
    limit: number,
  ): { face: IndexedFace; similarity: number }[] {
    return [...this.#faces.values()]
      .map((face) => ({ face, similarity: this.#similarity(face.descriptor, descriptor) }))
      .filter(({ similarity }) => similarity >= threshold)
      .sort((a, b) => b.similarity - a.similarity)
      .slice(0, limit);
  }

  stored(): StoredCollection {
    const faces = this.faces().map((face) => ({ ...face, descriptor: toBase64(face.descriptor) }));
    return { id: this.id, created: this.created, faces };
  }
}

function toBase64({ buffer, byteOffset, byteLength }: Float32Array): string {
  return Buffer.from(buffer, byteOffset, byteLength).toString('base64');
}

/** Copied, because a Float32Array must begin at a multiple of four bytes. */
function fromBase64(text: string): Float32Array {
  return new Float32Array(new Uint8Array(Buffer.from(text, 'base64')).buffer);
}

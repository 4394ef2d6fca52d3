import { Collection } from '../../local/aws/rekognition/collection.ts';
import type { FoundFace } from '../../local/aws/rekognition/face-engine.ts';
import type { Description } from '../../vision/face.ts';
import { distanceOf, type Evidence, similarityOf, similarityTo } from '../../vision/similarity.ts';
import { pooled } from '../../vision/template.ts';

/** A face that is like the one searched for. */
export interface KnownFace {
  readonly id: string;
  /** 0 to 100. */
  readonly similarity: number;
}

/** Faces that are searched as those of a collection on this machine are. */
export class KnownFaces {
  readonly #collection = new Collection(
    { id: 'known', created: 0, faces: [] },
    { similarity: (a, b) => similarityOf(distanceOf(a.descriptor, b.descriptor)), pooled },
  );

  add(faceId: string, description: Description): void {
    const box = { Left: 0, Top: 0, Width: 1, Height: 1 };
    const image = { imageId: faceId, externalImageId: undefined, imageHash: faceId };
    const { descriptor, atDoor, fromAfar } = description;
    this.#collection.add({
      faceId,
      ...image,
      box,
      confidence: 100,
      descriptor,
      ...(atDoor && { atDoor }),
      ...(fromAfar && { fromAfar }),
    });
  }

  /**
   * Those at or above a similarity (0 to 100), best first.
   *
   * @param seen how much of the person was seen who is searched for; as in a photo when not given
   */
  search(descriptor: Float32Array, threshold: number, limit: number, seen?: Evidence): KnownFace[] {
    return this.searchBy((known, photos) => similarityTo(known, photos, descriptor, seen), threshold, limit);
  }

  /** The same, by any other similarity of what is searched for to a known face. */
  searchBy(similarity: FoundFace['similarity'], threshold: number, limit: number): KnownFace[] {
    return this.#collection
      .search(similarity, threshold, limit)
      .map((match) => ({ id: match.face.faceId, similarity: match.similarity }));
  }
}

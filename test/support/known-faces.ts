import { Collection } from '../../local/aws/rekognition/collection.ts';
import { distanceOf, similarityOf } from '../../vision/similarity.ts';

/** A face that is like the one searched for. */
export interface KnownFace {
  readonly id: string;
  /** 0 to 100. */
  readonly similarity: number;
}

/** Faces that are searched as those of a collection on this machine are. */
export class KnownFaces {
  readonly #collection = new Collection({ id: 'known', created: 0, faces: [] }, (a, b) =>
    similarityOf(distanceOf(a, b)),
  );

  add(faceId: string, descriptor: Float32Array): void {
    const box = { Left: 0, Top: 0, Width: 1, Height: 1 };
    const image = { imageId: faceId, externalImageId: undefined, imageHash: faceId };
    this.#collection.add({ faceId, ...image, box, confidence: 100, descriptor });
  }

  /** Those at or above a similarity (0 to 100), best first. */
  search(descriptor: Float32Array, threshold: number, limit: number): KnownFace[] {
    return this.#collection
      .search(descriptor, threshold, limit)
      .map(({ face, similarity }) => ({ id: face.faceId, similarity }));
  }
}

import {
  CreateCollectionCommand,
  DeleteFacesCommand,
  type FaceRecord,
  ImageTooLargeException,
  IndexFacesCommand,
  InvalidImageFormatException,
  InvalidParameterException,
  paginateListFaces,
  type Reason,
  RekognitionClient,
  ResourceAlreadyExistsException,
  ResourceNotFoundException,
  SearchFacesCommand,
  type UnindexedFace,
} from '@aws-sdk/client-rekognition';
import { externalImageIdOf, photoIdOf } from '../guests/enrolled-face.ts';

/** Why a photo will not do. */
export type Refusal =
  | { readonly reason: 'not a picture' | 'picture too large' | 'picture too small' | 'no face' }
  | { readonly reason: 'several faces'; readonly faces: number }
  /** There is one face, and it will not do for these reasons (Rekognition's, in `UnindexedFaces`). */
  | { readonly reason: 'face not usable'; readonly because: readonly Reason[] };

/** A face of the collection that is like another. */
export interface AlikeFace {
  readonly faceId: string;
  /** 0 to 100. */
  readonly similarity: number;
  /** The photo that it was enrolled from; absent for a face that was indexed by other means. */
  readonly photoId?: string;
}

/** What came of a photo: a face in the collection, or the reason why not. */
export type Verdict = { readonly faceId: string } | Refusal;

/**
 * A face this much larger than the next is whom the photo is of; the rest are people in the background.
 * Areas, not widths: twice the width.
 */
const clearlyLarger = 4;

/** The collection, by an SDK client that finds Region, credentials and endpoint itself. */
export const createCollection = (id: string): Collection => new Collection(new RekognitionClient(), id);

/** Rekognition's collection of the faces that are known. */
export class Collection {
  readonly #client: RekognitionClient;
  readonly #id: string;

  constructor(client: RekognitionClient, id: string) {
    this.#client = client;
    this.#id = id;
  }

  /** Makes the collection if it is not there. */
  async ensure(): Promise<void> {
    try {
      await this.#client.send(new CreateCollectionCommand({ CollectionId: this.#id }));
    } catch (error) {
      if (!(error instanceof ResourceAlreadyExistsException)) throw error;
    }
  }

  /**
   * Indexes the one face of a photo. On a refusal nothing stays in the collection.
   *
   * @param photo JPEG or PNG in the bucket, at most 15 MB (Rekognition's limit)
   * @param photoId is kept as the face's `ExternalImageId`: `[a-zA-Z0-9_.\-:]`, 1 to 249
   */
  async enrol(photo: { bucket: string; key: string }, photoId: string): Promise<Verdict> {
    const found = await this.#index(photo, photoId);
    if (!('indexed' in found)) return found;
    const { indexed, refused } = found;
    const [first, second] = [...indexed, ...refused].sort((a, b) => area(b) - area(a));
    if (!first) return { reason: 'no face' };
    const alone = !second || area(first) >= clearlyLarger * area(second);
    const chosen = alone && 'Face' in first ? first.Face?.FaceId : undefined;
    await this.remove(
      indexed.flatMap(({ Face }) => (Face?.FaceId && Face.FaceId !== chosen ? [Face.FaceId] : [])),
    );
    if (chosen) return { faceId: chosen };
    if (!alone) return { reason: 'several faces', faces: indexed.length + refused.length };
    return { reason: 'face not usable', because: (first as UnindexedFace).Reasons ?? [] };
  }

  /** The faces of the collection that look like one of its own, best first. */
  async alike(faceId: string): Promise<AlikeFace[]> {
    const { FaceMatches = [] } = await this.#client.send(
      new SearchFacesCommand({
        CollectionId: this.#id,
        FaceId: faceId,
        FaceMatchThreshold: 80,
        MaxFaces: 20,
      }),
    );
    return FaceMatches.flatMap(({ Face, Similarity = 0 }) => {
      if (!Face?.FaceId) return [];
      const photoId = photoIdOf(Face.ExternalImageId);
      return [{ faceId: Face.FaceId, similarity: Similarity, ...(photoId && { photoId }) }];
    });
  }

  /** All faces, with the photo that each was enrolled from; without one, it was indexed by other means. */
  async faces(): Promise<Array<{ readonly faceId: string; readonly photoId?: string }>> {
    const found = [];
    try {
      for await (const { Faces = [] } of paginateListFaces(
        { client: this.#client },
        { CollectionId: this.#id },
      )) {
        for (const { FaceId: faceId, ExternalImageId } of Faces) {
          const photoId = photoIdOf(ExternalImageId);
          if (faceId) found.push({ faceId, ...(photoId && { photoId }) });
        }
      }
    } catch (error) {
      // It is made with the first guest.
      if (!(error instanceof ResourceNotFoundException)) throw error;
    }
    return found;
  }

  async remove(faceIds: readonly string[]): Promise<void> {
    if (faceIds.length === 0) return;
    await this.#client.send(new DeleteFacesCommand({ CollectionId: this.#id, FaceIds: [...faceIds] }));
  }

  async #index(
    photo: { bucket: string; key: string },
    photoId: string,
  ): Promise<{ indexed: FaceRecord[]; refused: UnindexedFace[] } | Refusal> {
    const command = new IndexFacesCommand({
      CollectionId: this.#id,
      Image: { S3Object: { Bucket: photo.bucket, Name: photo.key } },
      ExternalImageId: externalImageIdOf(photoId),
      QualityFilter: 'AUTO',
    });
    try {
      const { FaceRecords = [], UnindexedFaces = [] } = await this.#client.send(command);
      return { indexed: FaceRecords, refused: UnindexedFaces };
    } catch (error) {
      if (error instanceof InvalidImageFormatException) return { reason: 'not a picture' };
      if (error instanceof ImageTooLargeException) return { reason: 'picture too large' };
      // All else in the request is right: the picture has a side under 80 pixels ("Guidelines and quotas").
      if (error instanceof InvalidParameterException) return { reason: 'picture too small' };
      if (error instanceof ResourceNotFoundException) {
        // The collection is made on first use: on AWS the stack makes it, on one machine nobody has yet.
        await this.ensure();
        return this.#index(photo, photoId);
      }
      throw error;
    }
  }
}

/** The share of the photo that a face takes. */
function area({ FaceDetail }: FaceRecord | UnindexedFace): number {
  return (FaceDetail?.BoundingBox?.Width ?? 0) * (FaceDetail?.BoundingBox?.Height ?? 0);
}

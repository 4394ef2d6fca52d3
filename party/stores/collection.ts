import {
  CreateCollectionCommand,
  DeleteFacesCommand,
  DetectFacesCommand,
  type FaceDetail,
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
import { FaceGoneError } from '../errors.ts';
import { externalImageIdOf, photoIdOf } from '../guests/enrolled-face.ts';
import {
  type FoundFaces,
  type PhotoFace,
  type SeenFace,
  type UnusableFace,
  whomPhotoIsOf,
} from '../guests/faces-in-photo.ts';
import { onePerson } from '../guests/one-person.ts';
import { adviceOn } from '../guests/photo-advice.ts';
import { pictureSize } from '../guests/picture-size.ts';
import { lackOf } from '../guests/usable-face.ts';
import type { RatioBox } from '../record/record.ts';
import type { ClientOptions } from './call-timeout.ts';

/** Why a picture cannot be looked at. */
export interface UnreadablePicture {
  readonly reason: 'not a picture' | 'picture too large' | 'picture too small';
}

/** Why a photo will not do. */
export type Refusal =
  | UnreadablePicture
  | { readonly reason: 'no face' }
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
export type Verdict = PhotoFace | Refusal;

/** The collection, by an SDK client that finds Region, credentials and endpoint itself. */
export const createCollection = (id: string, options: ClientOptions): Collection =>
  new Collection(new RekognitionClient(options), id);

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
    const found = await this.index(photo, photoId);
    if ('reason' in found) return found;
    const whom = whomPhotoIsOf(found);
    const chosen = 'face' in whom ? whom.face.faceId : undefined;
    await this.remove(found.faces.flatMap(({ faceId }) => (faceId === chosen ? [] : [faceId])));
    if ('face' in whom) return whom.face;
    return 'group' in whom ? { reason: 'several faces', faces: whom.faces } : whom;
  }

  /**
   * The faces of the collection that look like one of its own, best first.
   *
   * @param threshold 0 to 100; as two photos of one person do, when not given
   * @throws FaceGoneError
   */
  async alike(faceId: string, threshold = onePerson): Promise<AlikeFace[]> {
    const search = { CollectionId: this.#id, FaceId: faceId, FaceMatchThreshold: threshold, MaxFaces: 20 };
    const { FaceMatches = [] } = await this.#client.send(new SearchFacesCommand(search)).catch(faceGone);
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

  /**
   * Indexes all the faces of a photo that are good enough. They stay in the collection, as nobody's.
   *
   * @param photo JPEG or PNG in the bucket, at most 15 MB (Rekognition's limit)
   * @param photoId is kept as the faces' `ExternalImageId`
   */
  async index(
    photo: { bucket: string; key: string },
    photoId: string,
  ): Promise<FoundFaces | UnreadablePicture> {
    const command = new IndexFacesCommand({
      CollectionId: this.#id,
      Image: { S3Object: { Bucket: photo.bucket, Name: photo.key } },
      ExternalImageId: externalImageIdOf(photoId),
      QualityFilter: 'AUTO',
      DetectionAttributes: [...attributes],
    });
    try {
      const { FaceRecords = [], UnindexedFaces = [] } = await this.#client.send(command);
      return { faces: FaceRecords.flatMap(indexedFace), unusable: UnindexedFaces.map(unusableFace) };
    } catch (error) {
      const unreadable = unreadableBy(error);
      if (unreadable) return unreadable;
      if (error instanceof ResourceNotFoundException) {
        // The collection is made on first use: on AWS the stack makes it, on one machine nobody has yet.
        await this.ensure();
        return this.index(photo, photoId);
      }
      throw error;
    }
  }

  /**
   * The faces of a picture, and whether each would do. None of them is described or kept, in this collection or anywhere.
   *
   * @param picture JPEG or PNG, at most 5 MB (Rekognition's limit for what comes with the request)
   */
  async look(picture: Uint8Array): Promise<FoundFaces<SeenFace> | UnreadablePicture> {
    try {
      const { FaceDetails = [] } = await this.#client.send(
        new DetectFacesCommand({ Image: { Bytes: picture }, Attributes: [...attributes] }),
      );
      const size = pictureSize(picture);
      const faces: SeenFace[] = [];
      const unusable: UnusableFace[] = [];
      for (const detail of FaceDetails) {
        const lack = lackOf(detail, size);
        if (lack) unusable.push({ box: boxOf(detail), because: [lack] });
        else faces.push({ box: boxOf(detail), advice: adviceOn(detail) });
      }
      return { faces, unusable };
    } catch (error) {
      const unreadable = unreadableBy(error);
      if (unreadable) return unreadable;
      throw error;
    }
  }
}

/** Each costs nothing more, and takes a little longer ("IndexFaces"). */
const attributes = ['DEFAULT', 'SUNGLASSES', 'FACE_OCCLUDED'] as const;

function unreadableBy(error: unknown): UnreadablePicture | undefined {
  if (error instanceof InvalidImageFormatException) return { reason: 'not a picture' };
  if (error instanceof ImageTooLargeException) return { reason: 'picture too large' };
  // All else in the request is right: the picture has a side under 80 pixels ("Guidelines and quotas").
  if (error instanceof InvalidParameterException) return { reason: 'picture too small' };
  return undefined;
}

function indexedFace({ Face, FaceDetail = {} }: FaceRecord): PhotoFace[] {
  if (!Face?.FaceId) return [];
  return [{ faceId: Face.FaceId, box: boxOf(FaceDetail), advice: adviceOn(FaceDetail) }];
}

const unusableFace = ({ FaceDetail = {}, Reasons = [] }: UnindexedFace): UnusableFace => ({
  box: boxOf(FaceDetail),
  because: Reasons,
});

/** Rekognition always says where a face is; a face without a place is none. */
function boxOf({ BoundingBox = {} }: FaceDetail): RatioBox {
  const { Left: left = 0, Top: top = 0, Width: width = 0, Height: height = 0 } = BoundingBox;
  return { left, top, width, height };
}

/** Rekognition has no error of its own for it (SearchFaces). */
function faceGone(error: unknown): never {
  const isGone = error instanceof InvalidParameterException && /\bface ?id\b.*not found/i.test(error.message);
  throw isGone ? new FaceGoneError('The face is not in the collection.', { cause: error }) : error;
}

import type * as rekognition from '@aws-sdk/client-rekognition';
import { AwsError } from '../protocol/aws-error.ts';
import type { Operations } from '../protocol/operations.ts';
import { type Collection, faceModelVersion } from './collection.ts';
import type { Collections } from './collections.ts';
import type { Description, FaceEngine, FoundFace } from './face-engine.ts';
import { faceOf } from './face-of.ts';
import { asIndexed, chooseFaces } from './index-faces.ts';
import { type ReadObject, readImage } from './submitted-image.ts';

/** Rekognition's own default. */
const defaultThreshold = 80;
const maxMatches = 4096;

type FaceOperations = Pick<
  Operations<typeof rekognition>,
  'IndexFaces' | 'DetectFaces' | 'SearchFaces' | 'SearchFacesByImage'
>;

/** What looking at pictures takes. */
export interface FaceOperationsOptions {
  readonly collections: Collections;
  readonly engine: Pick<FaceEngine, 'decode' | 'find' | 'similarity'>;
  readonly readObject: ReadObject;
}

/** What is done with the faces in a picture, and with those that look like another. */
export function faceOperations({ collections, engine, readObject }: FaceOperationsOptions): FaceOperations {
  const read = (image: rekognition.Image | undefined) => readImage(image, { engine, readObject });
  return {
    IndexFaces: async ({ CollectionId = '', Image, ExternalImageId, MaxFaces, QualityFilter }) => {
      collections.get(CollectionId);
      const image = await read(Image);
      const found = await engine.find(image.picture, 'enrolment');
      const { chosen, rejected } = chooseFaces(found, QualityFilter, MaxFaces);
      const indexed = asIndexed(chosen, image, ExternalImageId, collections.get(CollectionId));
      await collections.add(CollectionId, indexed);
      return {
        FaceRecords: indexed.map((face, index) => ({
          Face: faceOf(face),
          FaceDetail: chosen[index]!.detail,
        })),
        UnindexedFaces: rejected.map(({ face, reasons }) => ({
          Reasons: [...reasons],
          FaceDetail: face.detail,
        })),
        FaceModelVersion: faceModelVersion,
      };
    },

    DetectFaces: async ({ Image }) => {
      const { picture } = await read(Image);
      const found = await engine.find(picture, 'search');
      return { FaceDetails: found.map(({ detail }) => detail) };
    },

    SearchFaces: async ({ CollectionId = '', FaceId = '', MaxFaces = maxMatches, FaceMatchThreshold }) => {
      const collection = collections.get(CollectionId);
      const searched = collection.face(FaceId);
      if (!searched)
        throw new AwsError('InvalidParameterException', 'faceId was not found in the collection.');
      const threshold = FaceMatchThreshold ?? defaultThreshold;
      const similarity = (indexed: Description) => engine.similarity(searched, indexed);
      const others = matches(collection, similarity, threshold, MaxFaces + 1).filter(
        (match) => match.Face?.FaceId !== FaceId,
      );
      return {
        SearchedFaceId: FaceId,
        FaceMatches: others.slice(0, MaxFaces),
        FaceModelVersion: faceModelVersion,
      };
    },

    SearchFacesByImage: async ({
      CollectionId = '',
      Image,
      MaxFaces = maxMatches,
      FaceMatchThreshold = defaultThreshold,
      QualityFilter = 'NONE',
    }) => {
      collections.get(CollectionId);
      const { picture } = await read(Image);
      const found = await engine.find(picture, 'search');
      const { chosen } = chooseFaces(found, QualityFilter, 1);
      const largest = chosen[0];
      if (!largest) {
        throw new AwsError(
          'InvalidParameterException',
          'There are no faces in the image. Should be at least 1.',
        );
      }
      return {
        SearchedFaceBoundingBox: largest.detail.BoundingBox,
        SearchedFaceConfidence: largest.detail.Confidence,
        FaceMatches: matches(collections.get(CollectionId), largest.similarity, FaceMatchThreshold, MaxFaces),
        FaceModelVersion: faceModelVersion,
      };
    },
  };
}

/** The faces of a collection by how similar they are to one, in Rekognition's words, most similar first. */
export function matches(
  collection: Collection,
  similarity: FoundFace['similarity'],
  threshold: number,
  limit: number,
): rekognition.FaceMatch[] {
  return collection
    .search(similarity, threshold, limit)
    .map((match) => ({ Similarity: match.similarity, Face: faceOf(match.face) }));
}

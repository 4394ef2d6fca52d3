import type * as rekognition from '@aws-sdk/client-rekognition';
import type { MatchedFaceJson } from '../../../party/record/record.ts';
import { detectedFace, ratioBox } from '../../../producer/search/face-detail.ts';
import type { Face, Picture } from '../../../vision/face.ts';
import type { Recognizer } from '../../../vision/recognizer.ts';
import { AwsError } from '../protocol/aws-error.ts';
import type { Operations } from '../protocol/operations.ts';
import { type Collection, faceModelVersion } from './collection.ts';
import type { Collections } from './collections.ts';
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
  readonly recognizer: Recognizer;
  readonly readObject: ReadObject;
}

/** What is done with the faces in a picture, and with those that look like another. */
export function faceOperations({
  collections,
  recognizer,
  readObject,
}: FaceOperationsOptions): FaceOperations {
  return {
    IndexFaces: async ({ CollectionId = '', Image, ExternalImageId, MaxFaces, QualityFilter }) => {
      collections.get(CollectionId);
      const image = await readImage(Image, readObject);
      const found = await recognizer.find(image.picture, 'enrolment');
      const { chosen, rejected } = chooseFaces(found, QualityFilter, MaxFaces);
      const indexed = asIndexed(chosen, image, ExternalImageId, collections.get(CollectionId));
      await collections.add(CollectionId, indexed);
      const detail = (face: Face) => faceDetail(face, image.picture);
      return {
        FaceRecords: indexed.map((face, index) => ({
          Face: faceOf(face),
          FaceDetail: detail(chosen[index]!),
        })),
        UnindexedFaces: rejected.map(({ face, reasons }) => ({
          Reasons: [...reasons],
          FaceDetail: detail(face),
        })),
        FaceModelVersion: faceModelVersion,
      };
    },

    DetectFaces: async ({ Image }) => {
      const { picture } = await readImage(Image, readObject);
      const found = await recognizer.find(picture, 'enrolment');
      return { FaceDetails: found.map((face) => faceDetail(face, picture)) };
    },

    SearchFaces: async ({ CollectionId = '', FaceId = '', MaxFaces = maxMatches, FaceMatchThreshold }) => {
      const collection = collections.get(CollectionId);
      const searched = collection.face(FaceId);
      if (!searched)
        throw new AwsError('InvalidParameterException', 'faceId was not found in the collection.');
      const threshold = FaceMatchThreshold ?? defaultThreshold;
      const others = matches(collection, searched.descriptor, threshold, MaxFaces + 1).filter(
        (match) => match.Face.FaceId !== FaceId,
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
      const { picture } = await readImage(Image, readObject);
      const found = await recognizer.find(picture, 'enrolment');
      const { chosen } = chooseFaces(found, QualityFilter, 1);
      const largest = chosen[0];
      if (!largest) {
        throw new AwsError(
          'InvalidParameterException',
          'There are no faces in the image. Should be at least 1.',
        );
      }
      return {
        SearchedFaceBoundingBox: ratioBox(largest.box, picture),
        SearchedFaceConfidence: largest.confidence * 100,
        FaceMatches: matches(collections.get(CollectionId), largest.descriptor, FaceMatchThreshold, MaxFaces),
        FaceModelVersion: faceModelVersion,
      };
    },
  };
}

/** The faces of a collection that look like a descriptor, in Rekognition's words, most similar first. */
export function matches(
  collection: Collection,
  descriptor: Float32Array,
  threshold: number,
  limit: number,
): MatchedFaceJson[] {
  return collection
    .search(descriptor, threshold, limit)
    .map(({ face, similarity }) => ({ Similarity: similarity, Face: faceOf(face) }));
}

/**
 * A face with the attributes of `DEFAULT`. Age, gender, feelings and the like, which `ALL` would add, are not
 * measured here and left out.
 */
function faceDetail(face: Face, picture: Picture): rekognition.FaceDetail {
  return detectedFace(face, picture) as rekognition.FaceDetail;
}

import type * as rekognition from '@aws-sdk/client-rekognition';
import { arn } from '../arn.ts';
import type { Operations } from '../protocol/operations.ts';
import { page } from '../protocol/paging.ts';
import { type Collection, faceModelVersion } from './collection.ts';
import type { Collections } from './collections.ts';
import { faceOf } from './face-of.ts';

const maxPage = 4096;
const invalid = 'InvalidPaginationTokenException';

type CollectionOperations = Pick<
  Operations<typeof rekognition>,
  | 'CreateCollection'
  | 'DescribeCollection'
  | 'ListCollections'
  | 'DeleteCollection'
  | 'ListFaces'
  | 'DeleteFaces'
>;

/** What is done with collections and the faces in them without looking at a picture. */
export function collectionOperations(collections: Collections): CollectionOperations {
  return {
    CreateCollection: async ({ CollectionId = '' }) => {
      await collections.create(CollectionId);
      return {
        StatusCode: 200,
        CollectionArn: collectionArn(CollectionId),
        FaceModelVersion: faceModelVersion,
      };
    },
    DescribeCollection: async ({ CollectionId = '' }) => {
      const collection = collections.get(CollectionId);
      return {
        FaceCount: collection.size,
        UserCount: 0,
        FaceModelVersion: faceModelVersion,
        CollectionARN: collectionArn(CollectionId),
        CreationTimestamp: new Date(collection.created),
      };
    },
    ListCollections: async ({ MaxResults, NextToken: token }) => {
      const { items, next } = page(collections.ids(), (id) => id, {
        max: MaxResults || maxPage,
        token,
        invalid,
      });
      return {
        CollectionIds: items,
        FaceModelVersions: items.map(() => faceModelVersion),
        NextToken: next,
      };
    },
    DeleteCollection: async ({ CollectionId = '' }) => {
      await collections.delete(CollectionId);
      return { StatusCode: 200 };
    },
    ListFaces: async ({ CollectionId = '', FaceIds, UserId, MaxResults, NextToken: token }) => {
      const faces = UserId === undefined ? chosenFaces(collections.get(CollectionId), FaceIds) : [];
      const { items, next } = page(faces, ({ faceId }) => faceId, {
        max: MaxResults || maxPage,
        token,
        invalid,
      });
      return { Faces: items.map(faceOf), FaceModelVersion: faceModelVersion, NextToken: next };
    },
    DeleteFaces: async ({ CollectionId = '', FaceIds = [] }) => {
      const DeletedFaces = await collections.deleteFaces(CollectionId, FaceIds);
      const missing = FaceIds.filter((id) => !DeletedFaces.includes(id));
      return {
        DeletedFaces,
        UnsuccessfulFaceDeletions: missing.map((FaceId) => ({ FaceId, Reasons: ['FACE_NOT_FOUND'] })),
      };
    },
  };
}

function chosenFaces(collection: Collection, ids: readonly string[] | undefined) {
  return collection.faces().filter(({ faceId }) => ids?.includes(faceId) ?? true);
}

function collectionArn(id: string): string {
  return arn('rekognition', `collection/${id}`);
}

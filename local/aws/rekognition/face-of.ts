import type { Face } from '@aws-sdk/client-rekognition';
import type { IndexedFace } from './collection.ts';

/** A collection's face in Rekognition's words; they are the same in its answers and in face-search records. */
export function faceOf({ faceId, imageId, externalImageId, box, confidence }: IndexedFace): Face {
  return {
    FaceId: faceId,
    ImageId: imageId,
    ExternalImageId: externalImageId,
    BoundingBox: box,
    Confidence: confidence,
  };
}

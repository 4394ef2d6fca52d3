import type { Face } from '@aws-sdk/client-rekognition';
import { FACE_MODEL_VERSION, type IndexedFace } from './collection.ts';

/** A collection's face in Rekognition's words. */
export function faceOf({ faceId, imageId, externalImageId, box, confidence }: IndexedFace): Face {
  return {
    FaceId: faceId,
    ImageId: imageId,
    ExternalImageId: externalImageId,
    BoundingBox: box,
    Confidence: confidence,
    IndexFacesModelVersion: FACE_MODEL_VERSION,
  };
}

import type { FaceDetail } from '@aws-sdk/client-rekognition';
import { detectedFace } from '../producer/search/face-detail.ts';
import { decodePicture, PictureError } from '../vision/picture.ts';
import type { Recognizer } from '../vision/recognizer.ts';
import { distanceOf, similarityOf } from '../vision/similarity.ts';
import { unusable } from '../vision/usable.ts';
import { type FaceEngine, type FoundFace, UnreadableImageError } from './aws/rekognition/face-engine.ts';

/** The project's own recognizer as the engine of Rekognition on this machine. */
export function faceEngine(recognizer: Pick<Recognizer, 'find'>): FaceEngine {
  return {
    decode: async (file) => {
      try {
        return await decodePicture(file);
      } catch (cause) {
        if (!(cause instanceof PictureError)) throw cause;
        throw new UnreadableImageError(cause.message, { cause });
      }
    },
    find: async (picture, purpose) => {
      const faces = await recognizer.find(picture, purpose);
      return faces.map((face) => ({
        detail: detectedFace(face, picture) as FaceDetail & FoundFace['detail'],
        descriptor: face.descriptor,
        unusable: (wanted) => unusable(face, wanted),
      }));
    },
    similarity: (a, b) => similarityOf(distanceOf(a, b)),
  };
}

import type { FaceDetail } from '@aws-sdk/client-rekognition';
import { detectedFace } from '../producer/search/face-detail.ts';
import type { Face } from '../vision/face.ts';
import { decodePicture, PictureError } from '../vision/picture.ts';
import { distanceOf, type Evidence, similarityOf, similarityTo } from '../vision/similarity.ts';
import { pooled } from '../vision/template.ts';
import { unusable } from '../vision/usable.ts';
import { type Looking, Watch } from '../vision/watch.ts';
import { type FaceEngine, type FoundFace, UnreadableImageError } from './aws/rekognition/face-engine.ts';

/**
 * The project's own recognizer as the engine of Rekognition on this machine.
 *
 * @param name of an engine with a second opinion
 */
export function faceEngine(recognizer: Looking, name?: string): FaceEngine {
  return {
    ...(name !== undefined && { name }),
    decode: async (file) => {
      try {
        return await decodePicture(file);
      } catch (cause) {
        if (!(cause instanceof PictureError)) throw cause;
        throw new UnreadableImageError(cause.message, { cause });
      }
    },
    find: async (picture, purpose) => {
      const faces =
        purpose === 'search'
          ? await recognizer.find(picture, 'enrolment', { asSeen: false })
          : await recognizer.find(picture, purpose);
      return faces.map((face) => found(face, picture));
    },
    watch: () => {
      const watch = new Watch(recognizer);
      return {
        prepare: ({ picture, time }) => watch.prepare(picture, time),
        look: async ({ picture, time }, nearlyDone) => {
          const watched = await watch.look(picture, time, nearlyDone);
          return watched.map(({ face, seen }) => found(face, picture, seen));
        },
      };
    },
    similarity: (a, b) => similarityOf(distanceOf(a.descriptor, b.descriptor)),
    pooled,
  };
}

type Size = Parameters<typeof detectedFace>[1];

/** @param seen how much of the person was, in a camera's pictures; not given for a photo */
function found(face: Face, picture: Size, seen?: Evidence): FoundFace {
  return {
    detail: detectedFace(face, picture) as FaceDetail & FoundFace['detail'],
    descriptor: face.descriptor,
    ...(face.atDoor && { atDoor: face.atDoor }),
    ...(face.fromAfar && { fromAfar: face.fromAfar }),
    similarity: (indexed, photos) => similarityTo(indexed, photos, face.descriptor, seen),
    unusable: (wanted) => unusable(face, wanted),
  };
}

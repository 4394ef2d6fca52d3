import { randomUUID } from 'node:crypto';
import type { QualityFilter, Reason } from '@aws-sdk/client-rekognition';
import type { Collection, IndexedFace } from './collection.ts';
import type { FoundFace } from './face-engine.ts';
import type { SubmittedImage } from './submitted-image.ts';

/** IndexFaces "returns no more than 100 detected faces in an image" (API reference). */
const mostFaces = 100;

/** A face that was found, and why it is not to be indexed. */
export interface Rejected {
  readonly face: FoundFace;
  readonly reasons: readonly Reason[];
}

/** Which faces of an image to index: those that pass the filter, the largest first, as many as are asked for. */
export function chooseFaces(
  faces: readonly FoundFace[],
  filter: QualityFilter | undefined,
  maxFaces: number = mostFaces,
): { chosen: readonly FoundFace[]; rejected: readonly Rejected[] } {
  const rejected: Rejected[] = [];
  const good: FoundFace[] = [];
  for (const face of [...faces].sort((a, b) => area(b) - area(a)).slice(0, mostFaces)) {
    const reason = lackOf(face, filter);
    if (reason) rejected.push({ face, reasons: [reason] });
    else good.push(face);
  }
  const chosen = good.slice(0, maxFaces);
  const tooMany = good.slice(maxFaces).map((face): Rejected => ({ face, reasons: ['EXCEEDS_MAX_FACES'] }));
  return { chosen, rejected: [...rejected, ...tooMany] };
}

/**
 * Why a face does not pass a quality filter. What Rekognition's levels stand for is not published: here LOW is
 * what a frame of live video must have, and AUTO, MEDIUM and HIGH what an enrolment must have.
 */
function lackOf(face: FoundFace, filter: QualityFilter = 'AUTO'): Reason | undefined {
  if (filter === 'NONE') return undefined;
  return face.unusable(filter === 'LOW' ? 'live' : 'enrolment');
}

/**
 * Faces as a collection keeps them. A face of the same image file under the same external id that is there
 * already is that face again, with its old ids: "the same image and external id are not saved twice".
 */
export function asIndexed(
  faces: readonly FoundFace[],
  { hash }: SubmittedImage,
  externalImageId: string | undefined,
  collection: Collection,
): IndexedFace[] {
  const before = collection
    .faces()
    .filter((known) => known.imageHash === hash && known.externalImageId === externalImageId);
  const imageId = before[0]?.imageId ?? randomUUID();
  return faces.map((face) => {
    const fresh = indexed(face, { imageId, externalImageId, imageHash: hash });
    return before.find(({ box }) => isSameBox(box, fresh.box)) ?? fresh;
  });
}

function indexed(
  { detail, descriptor, atDoor, fromAfar }: FoundFace,
  image: Pick<IndexedFace, 'imageId' | 'externalImageId' | 'imageHash'>,
): IndexedFace {
  return {
    faceId: randomUUID(),
    ...image,
    box: detail.BoundingBox,
    confidence: detail.Confidence,
    descriptor,
    ...(atDoor && { atDoor }),
    ...(fromAfar && { fromAfar }),
  };
}

/** As a ratio of the picture's. */
function area({ detail: { BoundingBox } }: FoundFace): number {
  return BoundingBox.Width * BoundingBox.Height;
}

/** The engine finds a face of the same file at the same place, but for the last digits of its arithmetic. */
function isSameBox(a: IndexedFace['box'], b: IndexedFace['box']): boolean {
  return (['Width', 'Height', 'Left', 'Top'] as const).every((side) => Math.abs(a[side] - b[side]) < 1e-3);
}

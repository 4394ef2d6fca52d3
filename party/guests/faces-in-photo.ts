import type { Reason } from '@aws-sdk/client-rekognition';
import type { RatioBox } from '../record/record.ts';
import type { PhotoAdvice } from './photo-advice.ts';

/** A face of a photo that is good enough to know somebody by, seen and not described: it is in no collection. */
export interface SeenFace {
  readonly box: RatioBox;
  /** What a better photo would have otherwise. */
  readonly advice: readonly PhotoAdvice[];
}

/** The same, in the collection. */
export interface PhotoFace extends SeenFace {
  readonly faceId: string;
}

/** A face that will not do, for these reasons (Rekognition's, in `UnindexedFaces`). */
export interface UnusableFace {
  readonly box: RatioBox;
  readonly because: readonly Reason[];
}

/** All faces of a photo. */
export interface FoundFaces<Of extends SeenFace = PhotoFace> {
  readonly faces: readonly Of[];
  readonly unusable: readonly UnusableFace[];
}

/** Whom a photo is of. */
export type PhotoOf<Of extends SeenFace = PhotoFace> =
  | { readonly face: Of }
  /** Of several people, from left to right. `faces` counts those too that will not do. */
  | { readonly group: readonly Of[]; readonly faces: number }
  | { readonly reason: 'no face' }
  | { readonly reason: 'face not usable'; readonly because: readonly Reason[] };

/**
 * A face this much larger than the next is whom the photo is of; the rest are people in the background.
 * Areas, not widths: twice the width.
 */
const clearlyLarger = 4;

/** Whom a photo is of: the one who is much larger than all others, or all whose face will do. */
export function whomPhotoIsOf<Of extends SeenFace>({ faces, unusable }: FoundFaces<Of>): PhotoOf<Of> {
  const [first, second] = [...faces, ...unusable].sort((a, b) => area(b.box) - area(a.box));
  if (!first) return { reason: 'no face' };
  if (!second || area(first.box) >= clearlyLarger * area(second.box))
    return isUnusable(first) ? { reason: 'face not usable', because: first.because } : { face: first };
  if (faces.length === 0)
    return { reason: 'face not usable', because: isUnusable(first) ? first.because : [] };
  const group = [...faces].sort((a, b) => middle(a.box) - middle(b.box));
  return { group, faces: faces.length + unusable.length };
}

const isUnusable = (face: SeenFace | UnusableFace): face is UnusableFace => 'because' in face;

/** The face that covers a place where one was found before: its middle lies in it. */
export function faceAt(place: RatioBox, faces: readonly PhotoFace[]): PhotoFace | undefined {
  return faces.find(({ box }) => covers(box, place));
}

/** Whether the middle of a place lies in a box of the same picture. */
export function covers({ left, top, width, height }: RatioBox, place: RatioBox): boolean {
  const [x, y] = [middle(place), place.top + place.height / 2];
  return x >= left && x <= left + width && y >= top && y <= top + height;
}

/** The share of the photo that a face takes. */
const area = ({ width, height }: RatioBox): number => width * height;

const middle = ({ left, width }: RatioBox): number => left + width / 2;

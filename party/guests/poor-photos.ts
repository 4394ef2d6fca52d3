import type { Photo } from './guests.ts';
import type { PhotoAdvice } from './photo-advice.ts';

/** What of a photo says how good it is. */
type Judged = Pick<Photo, 'faceIds' | 'advice'>;

/**
 * Whether somebody is known by poor photos only: there is a photo, and none without advice. A good one whose face is lost
 * does not count, for nobody is recognised by it.
 *
 * @param photos all of that person
 */
export const knownByPoorPhotosOnly = (photos: readonly Judged[]): boolean => poorPhotos(photos).length > 0;

/** The photos of somebody who is {@link knownByPoorPhotosOnly}; none of anybody else. */
export function poorPhotos<Of extends Judged>(photos: readonly Of[]): Of[] {
  const known = photos.filter(({ faceIds }) => faceIds.length > 0);
  return known.every(isPoor) ? known : [];
}

/** All that a better photo of somebody would have otherwise, each once. */
export const adviceOnPhotos = (photos: readonly Judged[]): PhotoAdvice[] => [
  ...new Set(photos.flatMap(({ advice = [] }) => advice)),
];

const isPoor = ({ advice = [] }: Judged): boolean => advice.length > 0;

import type { Description } from './face.ts';

/** The distance of two photos up to which they count as one person: similarity 80. */
export const matchDistance = 0.44;

/** The distance that no two people of any set came within, children and brothers among them: similarity 99. */
export const sureDistance = 0.28;

/** How much of a person was seen. */
export interface Evidence {
  /** In how many pictures. */
  readonly looks: number;
  /** From the first of them to the last, milliseconds. */
  readonly span: number;
  /** How wide the face was in them: their mean, pixels. */
  readonly width: number;
}

/** The photos that are taken for one person's. */
export interface PhotosOfOne {
  /** How many there are. */
  readonly all: number;
  /** How many of them were pooled into what is compared: all, or one. */
  readonly pooled: number;
}

/**
 * A face narrower than this was seen from afar: pixels. The mean of all looks at a face of 64 pixels lies at 0.32 from
 * another photo of the same person (the median), and at 0.41 at one of 32, while strangers come as near as before. What
 * the photo would look like from afar (`as-camera-sees.ts`) lies at 0.32 from those, too.
 */
const narrowWidth = 42;

/**
 * What cameras make of a photo never says more than this, 0 to 100: to a camera more people look alike, children most of
 * all. A guest who is easily mistaken is named from 84 on, so only by the photo itself.
 */
const mostByCamera = 83.9;

/** How near is near enough: while little was seen, and when much was; and how much nearer where there are more photos. */
interface Line {
  readonly few: number;
  readonly many: number;
  /**
   * The mean of several photos of one person is nearer to that person than a photo is, and nearer to strangers too: by so
   * much is the mean of three nearer to the nearest strangers.
   */
  readonly pooled: number;
  /** By so much for each photo more, up to three: each is another chance to look like a stranger. */
  readonly eachMore: number;
  /**
   * So much of the distance from a photo as cameras see it is that from the photo itself: without, as many guests are
   * named, and more people are taken for others.
   */
  readonly photoShare?: number;
}

/**
 * How near the mean of somebody's looks has to be: a hair nearer than a photo, which somebody chose; and nearer still
 * until it rests on so many looks, over so long, for the first ones may be alike in what deceives: a shadow, a blur, a
 * turned head. One pair of adults, 64 pixels wide, lies at 0.42 in any number of looks: no line keeps those apart that
 * keeps guests.
 *
 * `near` and `narrow` are for the photo itself, `atDoor` and `fromAfar` for what cameras make of it; `narrow` and
 * `fromAfar` for whoever was seen from afar.
 */
const lines = {
  near: { few: 0.43, many: 0.435, pooled: 0.03, eachMore: 0.005 },
  atDoor: { few: 0.425, many: 0.43, pooled: 0.03, eachMore: 0.01, photoShare: 0.4 },
  narrow: { few: 0.415, many: 0.42, pooled: 0.03, eachMore: 0.005 },
  fromAfar: { few: 0.375, many: 0.38, pooled: 0.015, eachMore: 0.01, photoShare: 0.25 },
} as const satisfies Record<string, Line>;
const many = { looks: 3, span: 500 };
const mostPhotos = 3;
const onePhoto: PhotosOfOne = { all: 1, pooled: 1 };

/**
 * The distance up to which somebody is taken for the person whose photos these are: similarity 80.
 *
 * @param seen how much of somebody was seen by a camera; undefined for a chosen photo
 * @param as what is compared
 */
export function matchDistanceOf(
  seen: Evidence | undefined,
  photos: PhotosOfOne = onePhoto,
  as: keyof typeof lines = 'near',
): number {
  const { pooled, eachMore, ...line }: Line = lines[as];
  const more = Math.min(photos.all, mostPhotos) - 1;
  return barOf(seen, line) - (photos.pooled > 1 ? pooled : 0) - (seen ? more * eachMore : 0);
}

function barOf(seen: Evidence | undefined, line: Pick<Line, 'few' | 'many'>): number {
  if (!seen) return matchDistance;
  return seen.looks >= many.looks && seen.span >= many.span ? line.many : line.few;
}

/**
 * Puts a distance on Rekognition's scale of 0 to 100, falling: two straight lines, from 100 at 0 to 99 at 0.28, and from
 * there through 80 at `within` to 0.
 *
 * 80 is Rekognition's own default threshold. Of 123,750 pairs of photos of different adults within and between LFW-10,
 * ORL, faces94 and 24 group photos none lie within 0.44 (the nearest: 0.445 and 0.446), 27 within 0.48, 185 within 0.52.
 * Looks are pooled (`template.ts`): in a film their mean comes to 0.33 where single ones lie between 0.30 and 0.56. 99
 * stands for a distance that no two people came near in any set; among young people and children the closest were 0.297,
 * and 293 pairs of 168,027 lie within 0.44.
 */
export function similarityOf(distance: number, within = matchDistance): number {
  if (distance <= sureDistance) return 100 - distance / sureDistance;
  const slope = (99 - 80) / (within - sureDistance);
  return Math.max(0, 99 - (distance - sureDistance) * slope);
}

/** The Euclidean distance of two descriptors; those of different engines are far apart. */
export function distanceOf(a: Float32Array, b: Float32Array): number {
  if (a.length !== b.length) return Number.POSITIVE_INFINITY;
  let sum = 0;
  for (let i = 0; i < a.length; i++) sum += (a[i]! - b[i]!) ** 2;
  return Math.sqrt(sum);
}

/**
 * How similar somebody is to a known face, 0 to 100: at 80 taken for that person. Whom a camera saw is compared with the
 * photo and with what cameras make of it, and the most similar counts: which that is depends on the photo more than on
 * the person.
 *
 * @param known without `atDoor` or `fromAfar` when it was described before those were known; it is compared as it is then
 * @param photos those of the known person
 * @param descriptor of a photo, or of the looks at somebody
 * @param seen how much of somebody was seen by a camera; undefined for a photo
 */
export function similarityTo(
  known: Description,
  photos: PhotosOfOne,
  descriptor: Float32Array,
  seen: Evidence | undefined,
): number {
  const near = distanceOf(known.descriptor, descriptor);
  if (!seen) return similarityOf(near, matchDistanceOf(seen, photos));
  const [itself, byCamera] =
    seen.width < narrowWidth ? (['narrow', 'fromAfar'] as const) : (['near', 'atDoor'] as const);
  const asItIs = similarityOf(near, matchDistanceOf(seen, photos, itself));
  const asSeen = known[byCamera];
  if (!asSeen) return asItIs;
  const { photoShare } = lines[byCamera];
  const away = photoShare * near + (1 - photoShare) * distanceOf(asSeen, descriptor);
  const toCamera = similarityOf(away, matchDistanceOf(seen, photos, byCamera));
  return Math.max(asItIs, Math.min(mostByCamera, toCamera));
}

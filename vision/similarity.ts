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
}

/**
 * How near the mean of somebody's looks has to be: a hair nearer than a photo, which somebody chose; and nearer still
 * until it rests on so many looks, over so long, for the first ones may be alike in what deceives: a shadow, a blur, a
 * turned head. The adults who come nearest lie at 0.426 to 0.431 from somebody else's photo in two looks at a face of 32
 * pixels, and one pair of 64 pixels at 0.42 in any number of looks: no line keeps those apart that keeps guests.
 */
const bars = { few: 0.43, many: 0.435 };
const many: Evidence = { looks: 3, span: 500 };

/**
 * The mean of several photos of one person is nearer to that person than a photo is, and nearer to strangers too: by so
 * much is the mean of three nearer to the nearest strangers.
 */
const photosNearer = 0.03;

/**
 * The distance up to which somebody is taken for the person whose photos these are: similarity 80.
 *
 * @param seen how much of somebody was seen by a camera; undefined for a chosen photo
 * @param photos how many were pooled into the descriptor that it is compared with
 */
export function matchDistanceOf(seen: Evidence | undefined, photos: number): number {
  return barOf(seen) - (photos > 1 ? photosNearer : 0);
}

function barOf(seen: Evidence | undefined): number {
  if (!seen) return matchDistance;
  return seen.looks >= many.looks && seen.span >= many.span ? bars.many : bars.few;
}

/**
 * Puts a distance on Rekognition's scale of 0 to 100, falling: two straight lines, from 100 at 0 to 99 at 0.28, and from
 * there through 80 at `within` to 0.
 *
 * 80 is Rekognition's own default threshold. Of 208,565 pairs of photos of different adults within and between LFW-10,
 * ORL, faces94 and 24 group photos none lie within 0.44 (the nearest: 0.444 and 0.447), 41 within 0.48, 298 within 0.52.
 * Looks are pooled (`template.ts`): in a film their mean comes to 0.33 where single ones lie between 0.30 and 0.56. 99
 * stands for a distance that no two people came near in any set; among young people and children the closest were 0.297,
 * and 279 pairs of 168,609 lie within 0.44.
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

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

/** A chosen photo shows a person as well as a camera does in some time. */
export const inPhoto: Evidence = { looks: Number.POSITIVE_INFINITY, span: Number.POSITIVE_INFINITY };

/**
 * The mean of somebody's looks has to be nearer than a photo until it rests on so many, over so long: the first ones may
 * be alike in what deceives, a shadow, a blur, a turned head. Nobody is lost by it who stays.
 */
const many: Evidence = { looks: 3, span: 500 };
const fewNearer = 0.01;

/**
 * The mean of several photos of one person is nearer to that person than a photo is, and nearer to strangers too: by so
 * much is the mean of three nearer to the nearest strangers.
 */
const photosNearer = 0.03;

/**
 * The distance up to which looks at somebody are taken for the person whose photos these are: similarity 80.
 *
 * @param photos how many were pooled into the descriptor that the looks are compared with
 */
export function matchDistanceOf({ looks, span }: Evidence, photos: number): number {
  const few = looks < many.looks || span < many.span;
  return matchDistance - (few ? fewNearer : 0) - (photos > 1 ? photosNearer : 0);
}

/**
 * Puts a distance on Rekognition's scale of 0 to 100, falling: two straight lines, from 100 at 0 to 99 at 0.28, and from
 * there through 80 at `within` to 0.
 *
 * 80 is Rekognition's own default threshold. Of 76,224 pairs of different adults within and between LFW-10, ORL,
 * faces94 and 24 group photos none lie within 0.44 (the nearest: 0.453 and 0.459), 7 within 0.48, 33 within 0.52. Looks
 * are pooled (`template.ts`): in a film their mean comes to 0.33 where single ones lie between 0.30 and 0.56. 99 stands
 * for a distance that no two people came near in any set; among young people and children the closest were 0.328, and
 * 82 pairs of 47,903 lie within 0.44.
 */
export function similarityOf(distance: number, within = matchDistance): number {
  if (distance <= sureDistance) return 100 - distance / sureDistance;
  const slope = (99 - 80) / (within - sureDistance);
  return Math.max(0, 99 - (distance - sureDistance) * slope);
}

/** The Euclidean distance of two descriptors. */
export function distanceOf(a: Float32Array, b: Float32Array): number {
  let sum = 0;
  for (let i = 0; i < a.length; i++) sum += (a[i]! - b[i]!) ** 2;
  return Math.sqrt(sum);
}

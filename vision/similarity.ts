/** The distance of two descriptors up to which they count as one person: similarity 80. */
export const matchDistance = 0.44;

/** The distance that no two people of any set came within, children and brothers among them: similarity 99. */
export const sureDistance = 0.28;

/**
 * Puts the distance of two descriptors on Rekognition's scale of 0 to 100, falling: two straight lines,
 * from 100 at 0 to 99 at 0.28, and from there through 80 at 0.44 to 0.
 *
 * 80 is Rekognition's own default threshold. Of 76,224 pairs of different adults within and between LFW-10, ORL,
 * faces94 and 24 group photos none lie within 0.44 (the nearest: 0.453 and 0.459), 7 within 0.48, 33 within 0.52. A
 * distance that near is asked of every look, and from the second on of the mean of all looks (`template.ts`), which in a
 * film comes to 0.33 where single looks lie between 0.30 and 0.56. 99 stands for a distance that no two people came near
 * in any set; among young people and children the closest were 0.328, and 82 pairs of 47,903 lie within 0.44.
 */
export function similarityOf(distance: number): number {
  if (distance <= sureDistance) return 100 - distance / sureDistance;
  const slope = (99 - 80) / (matchDistance - sureDistance);
  return Math.max(0, 99 - (distance - sureDistance) * slope);
}

/** The Euclidean distance of two descriptors. */
export function distanceOf(a: Float32Array, b: Float32Array): number {
  let sum = 0;
  for (let i = 0; i < a.length; i++) sum += (a[i]! - b[i]!) ** 2;
  return Math.sqrt(sum);
}

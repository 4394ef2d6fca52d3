import { distanceOf, matchDistance } from '../../vision/similarity.ts';
import type { Figure } from '../figure.ts';
import { type Rate, rate, rateText } from './interval.ts';
import type { LabelledFace } from './labelled-faces.ts';
import type { LabelledSet } from './sets.ts';

/** How often two photos of a set lie within the distance at which they are taken for one person. */
export interface PairRates {
  /** Pairs that show one person and are not taken for one. */
  readonly missed: Rate;
  /** Pairs that show two people and are taken for one. */
  readonly wrong: Rate;
  /** The nearest two that are not one person. */
  readonly nearest: number;
}

/** Compares every photo of a set with every other; in groups, the faces of one photo with each other. */
export function pairRates(
  { kind }: Pick<LabelledSet, 'kind'>,
  faces: readonly LabelledFace[],
  within = matchDistance,
): PairRates {
  let [same, missed, different, wrong] = [0, 0, 0, 0];
  let nearest = Number.POSITIVE_INFINITY;
  for (const [i, a] of faces.entries()) {
    for (const b of faces.slice(i + 1)) {
      if (kind === 'groups' && a.photo !== b.photo) continue;
      const distance = distanceOf(a.face.descriptor, b.face.descriptor);
      if (a.person === b.person) {
        same += 1;
        if (distance > within) missed += 1;
      } else {
        different += 1;
        if (distance <= within) wrong += 1;
        nearest = Math.min(nearest, distance);
      }
    }
  }
  return { missed: rate(missed, same), wrong: rate(wrong, different), nearest };
}

/** The same as figures: shares in percent, their intervals in words. */
export function pairFigures({ name, about }: LabelledSet, { missed, wrong, nearest }: PairRates): Figure[] {
  const figures = [
    { what: 'two people taken for one', of: wrong },
    { what: 'one person taken for two', of: missed },
  ].filter(({ of }) => of.of > 0);
  return [
    ...figures.map(({ what, of }) => ({
      name: `${name} (${about}): ${what}, ${rateText(of)}`,
      value: 100 * of.share,
      unit: '%',
    })),
    { name: `${name}: the nearest two people`, value: nearest, unit: '' },
  ];
}

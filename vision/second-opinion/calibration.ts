import { distanceOf, matchDistance } from '../similarity.ts';
import { SecondOpinionError } from './second-opinion-error.ts';

/** How two descriptions of a face become one: each multiplied by its weight, and set one behind the other. */
export interface Join {
  readonly first: number;
  readonly second: number;
}

/** A face of a labelled photo, as both describe it. */
export interface TwiceDescribed {
  readonly person: string;
  readonly first: Float32Array;
  readonly second: Float32Array;
}

/** How well pairs of photos are told apart, within a distance in which no two different people lie. */
export interface Told {
  /** Of the pairs of one person, the share that lie within, 0 to 1. */
  readonly known: number;
}

/** What came of a calibration. */
export interface Calibrated {
  readonly join: Join;
  readonly people: number;
  readonly pairs: { readonly same: number; readonly different: number };
  /** Today's descriptor alone, the model alone, and both joined. */
  readonly told: { readonly first: Told; readonly second: Told; readonly joined: Told };
}

/** Fewer say too little about where different people begin. */
export const leastCalibrated = { people: 10, different: 1000 } as const;

/** The line lies so much nearer than the nearest two people: as 0.44 does of 0.444 (`similarity.ts`). */
const nearer = 0.99;

/** Both descriptions as one, which is compared as one is: by the Euclidean distance. */
export function joined(first: Float32Array, second: Float32Array, join: Join): Float32Array {
  const both = new Float32Array(first.length + second.length);
  first.forEach((value, i) => {
    both[i] = value * join.first;
  });
  second.forEach((value, i) => {
    both[first.length + i] = value * join.second;
  });
  return both;
}

/**
 * How the two are joined so that each has the same say: the sum of the two squared distances, z-normalised by those of
 * different people. The squared distance of two joined descriptions is that sum, but for what is the same in all.
 *
 * It is then made so large that today's lines hold: 80 of 100, the distance 0.44, lies a hair nearer than the nearest two
 * different people of the photos, and 99 in the same proportion to it as today.
 *
 * @throws {SecondOpinionError} when there are too few people or pairs
 */
export function calibrate(faces: readonly TwiceDescribed[]): Calibrated {
  const pairs = faces.flatMap((one, index) =>
    faces.slice(index + 1).map((other) => ({
      isSame: one.person === other.person,
      first: distanceOf(one.first, other.first) ** 2,
      second: distanceOf(one.second, other.second) ** 2,
    })),
  );
  const different = pairs.filter(({ isSame }) => !isSame);
  const same = pairs.filter(({ isSame }) => isSame);
  const people = new Set(faces.map(({ person }) => person)).size;
  const { people: leastPeople, different: leastPairs } = leastCalibrated;
  if (people < leastPeople || different.length < leastPairs || same.length === 0)
    throw new SecondOpinionError(
      `That is too little to go by: photos of ${leastPeople} people or more are needed, two or more of each, and ` +
        `${leastPairs} pairs of different people. These are ${people} people, ${same.length} pairs of one person and ` +
        `${different.length} of different people.`,
    );
  const weights = {
    first: 1 / spread(different.map(({ first }) => first)),
    second: 1 / spread(different.map(({ second }) => second)),
  };
  if (!Number.isFinite(weights.second))
    throw new SecondOpinionError(
      'The model says the same of all faces. See size, colours, layout, mean and scale.',
    );
  const sum = (pair: { readonly first: number; readonly second: number }): number =>
    weights.first * pair.first + weights.second * pair.second;
  const line = nearestOf(different.map(sum));
  if (!(line > 0))
    throw new SecondOpinionError(
      'Two photos of different people are the same picture to both. See that each person’s photos lie in one folder alone.',
    );
  const size = matchDistance ** 2 / line;
  const told = (of: (pair: (typeof pairs)[number]) => number): Told => {
    const within = nearestOf(different.map(of));
    return { known: same.filter((pair) => of(pair) <= within).length / same.length };
  };
  return {
    join: { first: Math.sqrt(size * weights.first), second: Math.sqrt(size * weights.second) },
    people,
    pairs: { same: same.length, different: different.length },
    told: { first: told(({ first }) => first), second: told(({ second }) => second), joined: told(sum) },
  };
}

/** The squared distance that is a hair nearer than the least. */
const nearestOf = (squared: readonly number[]): number =>
  nearer ** 2 * squared.reduce((least, value) => Math.min(least, value), Number.POSITIVE_INFINITY);

/** The standard deviation. */
function spread(values: readonly number[]): number {
  const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
  return Math.sqrt(values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / values.length);
}

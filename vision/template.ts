import type { Description, Face } from './face.ts';
import type { Evidence } from './similarity.ts';

/** What one person's face looks like, from several looks at it. */
export interface Template {
  /** The mean of the looks' descriptors. */
  readonly descriptor: Float32Array;
  /** How many looks are in it. */
  readonly looks: number;
  /** When the first and the last of them were, milliseconds by any clock. */
  readonly since: number;
  readonly until: number;
  /** How wide the face was: the mean of the looks', pixels. */
  readonly width: number;
}

/**
 * After so many looks each new one counts as one in so many: what came first fades, so that a template that began badly
 * (at a distance, turned a little) does not stay bad.
 */
const memory = 8;

/**
 * What several photos of one person say together: their mean, made as long as they are. A mean alone is shorter, and so
 * nearer to everybody.
 *
 * @param photos one at least
 */
export function pooled(photos: readonly Description[]): Description {
  const descriptor = meanOf(photos.map((photo) => photo.descriptor));
  const [atDoor, fromAfar] = (['atDoor', 'fromAfar'] as const).map((as) => {
    const seen = photos.flatMap((photo) => photo[as] ?? []);
    return seen.length < photos.length ? undefined : meanOf(seen);
  });
  return { descriptor, ...(atDoor && { atDoor }), ...(fromAfar && { fromAfar }) };
}

function meanOf(descriptors: readonly Float32Array[]): Float32Array {
  const mean = new Float32Array(descriptors[0]!.length);
  for (const descriptor of descriptors) {
    for (let i = 0; i < mean.length; i++) mean[i]! += descriptor[i]! / descriptors.length;
  }
  const length = descriptors.reduce((sum, descriptor) => sum + lengthOf(descriptor), 0) / descriptors.length;
  const longer = length / Math.max(lengthOf(mean), Number.EPSILON);
  return mean.map((value) => value * longer);
}

/** How much a template rests on. */
export const evidenceOf = ({ looks, since, until, width }: Template): Evidence => ({
  looks,
  span: until - since,
  width,
});

const lengthOf = (descriptor: Float32Array): number => Math.hypot(...descriptor);

/** A look at a face. */
export type LookedAt = Pick<Face, 'descriptor' | 'box'>;

/** A template with one look more; the first when there was none. */
export function withLook(
  before: Template | undefined,
  { descriptor, box: { width } }: LookedAt,
  time: number,
): Template {
  if (!before) return { descriptor, looks: 1, since: time, until: time, width };
  const share = 1 / Math.min(memory, before.looks + 1);
  return {
    descriptor: before.descriptor.map((value, i) => value + share * (descriptor[i]! - value)),
    looks: before.looks + 1,
    since: before.since,
    until: time,
    width: before.width + share * (width - before.width),
  };
}

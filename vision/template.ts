/** What one person's face looks like, from several looks at it. */
export interface Template {
  /** The mean of the looks' descriptors. */
  readonly descriptor: Float32Array;
  /** How many looks are in it. */
  readonly looks: number;
  /** When the first and the last of them were, milliseconds by any clock. */
  readonly since: number;
  readonly until: number;
}

/**
 * After so many looks each new one counts as one in so many: what came first fades, so that a template that began badly
 * (at a distance, turned a little) does not stay bad.
 */
const memory = 8;

/** A template with one look more; the first when there was none. */
export function withLook(before: Template | undefined, descriptor: Float32Array, time: number): Template {
  if (!before) return { descriptor, looks: 1, since: time, until: time };
  const share = 1 / Math.min(memory, before.looks + 1);
  return {
    descriptor: before.descriptor.map((value, i) => value + share * (descriptor[i]! - value)),
    looks: before.looks + 1,
    since: before.since,
    until: time,
  };
}

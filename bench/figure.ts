/** One measured figure. */
export interface Figure {
  /** What was measured, in words. */
  readonly name: string;
  readonly value: number;
  readonly unit: string;
}

/**
 * @param values at least one
 * @param share 0.5 for the median, 0.95 for the 95th percentile
 */
export function percentile(values: readonly number[], share: number): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor(share * sorted.length))]!;
}

/** @param values at least one */
export const median = (values: readonly number[]): number => percentile(values, 0.5);

/** The median and the 95th percentile. */
export function spread(name: string, values: readonly number[], unit: string): Figure[] {
  return [
    { name: `${name}, median`, value: median(values), unit },
    { name: `${name}, 95th percentile`, value: percentile(values, 0.95), unit },
  ];
}

/** The same of times in milliseconds, told in seconds. */
export const spreadInSeconds = (name: string, milliseconds: readonly number[]): Figure[] =>
  spread(
    name,
    milliseconds.map((time) => time / 1000),
    's',
  );

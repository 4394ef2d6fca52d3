import type { Counted, Metrics, Timed } from '../../party/metrics.ts';

/** Metrics that keep what they are told. */
export interface KeptMetrics extends Metrics {
  /** How often each was counted. */
  readonly counts: ReadonlyMap<Counted, number>;
  /** What was timed, milliseconds, in the order of the times. */
  readonly times: ReadonlyMap<Timed, readonly number[]>;
}

/** Metrics for looking at. */
export function keptMetrics(): KeptMetrics {
  const counts = new Map<Counted, number>();
  const times = new Map<Timed, number[]>();
  return {
    counts,
    times,
    count(metric, howOften = 1) {
      if (howOften > 0) counts.set(metric, (counts.get(metric) ?? 0) + howOften);
    },
    time(metric, milliseconds) {
      times.set(metric, [...(times.get(metric) ?? []), milliseconds]);
    },
  };
}

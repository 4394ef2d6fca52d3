import { MetricUnit, Metrics as Powertools } from '@aws-lambda-powertools/metrics';
import type { Counted, Metrics, Timed } from '../party/metrics.ts';

/** The namespace in CloudWatch, unless `POWERTOOLS_METRICS_NAMESPACE` says another: a second house's, for one. */
const namespace = 'MusicalJoy';

/**
 * Metrics as lines in the log that CloudWatch reads as such (its embedded metric format), through Powertools. They
 * have one dimension, `service`: the Lambda's name. What is measured is kept until `flush`.
 */
export class EmfMetrics implements Metrics {
  readonly #metrics: Powertools;

  /** @param service the Lambda's name */
  constructor(service: string) {
    this.#metrics = new Powertools({
      namespace: process.env.POWERTOOLS_METRICS_NAMESPACE || namespace,
      serviceName: service,
    });
  }

  count(metric: Counted, times = 1): void {
    if (times > 0) this.#metrics.addMetric(metric, MetricUnit.Count, times);
  }

  time(metric: Timed, milliseconds: number): void {
    this.#metrics.addMetric(metric, MetricUnit.Milliseconds, milliseconds);
  }

  /** Writes what was measured; to be called before an invocation ends. */
  flush(): void {
    if (this.#metrics.hasStoredMetrics()) this.#metrics.publishStoredMetrics();
  }
}

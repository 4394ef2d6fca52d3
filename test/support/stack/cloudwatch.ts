import { readFileSync } from 'node:fs';
import type { Measure } from '../../../local/lambda/measure.ts';
import type { Made, Resource } from './template.ts';
import { resolved } from './template.ts';

/** A metric: its namespace and name, and the dimensions that tell it from others of that name. */
interface MetricName {
  readonly Namespace: string;
  readonly MetricName: string;
  readonly Dimensions: ReadonlyArray<{ readonly Name: string; readonly Value: string }>;
}

/** A line in a log that CloudWatch reads as metrics (CloudWatch User Guide, "Embedded metric format"). */
interface EmbeddedMetrics {
  readonly [name: string]: unknown;
  readonly _aws?: {
    readonly CloudWatchMetrics: ReadonlyArray<{
      readonly Namespace: string;
      readonly Dimensions: readonly string[][];
      readonly Metrics: ReadonlyArray<{ readonly Name: string }>;
    }>;
  };
}

/** What CloudWatch would have been told, and whether an alarm would have gone off by it. */
export class CloudWatch {
  readonly #largest = new Map<string, number>();
  readonly #queues = new Map<string, string>();

  /** What Lambda measures of the functions. */
  readonly measure: Measure = (functionName, metric, value) =>
    this.#put(
      {
        Namespace: 'AWS/Lambda',
        MetricName: metric,
        Dimensions: [{ Name: 'FunctionName', Value: functionName }],
      },
      value,
    );

  /** What a function prints. */
  readonly print = (line: string): void => {
    const read = line.startsWith('{') ? (JSON.parse(line) as EmbeddedMetrics) : {};
    for (const { Namespace, Dimensions, Metrics } of read._aws?.CloudWatchMetrics ?? [])
      for (const { Name } of Metrics)
        for (const names of Dimensions) {
          const dimensions = names.map((name) => ({ Name: name, Value: String(read[name]) }));
          const value = Math.max(...[read[Name]].flat().map(Number));
          this.#put({ Namespace, MetricName: Name, Dimensions: dimensions }, value);
        }
  };

  /** A queue's messages are the lines of a file here. */
  watchQueue(name: string, file: string): void {
    this.#queues.set(name, file);
  }

  /** Whether the alarm's own metric has passed its bound. @param made what the template's resources are called */
  isOn({ Properties }: Resource, made: ReadonlyMap<string, Made>): boolean {
    const { Namespace, MetricName, Dimensions, Threshold } = resolved(Properties, made) as MetricName & {
      readonly Threshold: number;
    };
    for (const [queue, file] of this.#queues) {
      const of = { Namespace: 'AWS/SQS', MetricName: 'ApproximateNumberOfMessagesVisible' };
      this.#put({ ...of, Dimensions: [{ Name: 'QueueName', Value: queue }] }, linesOf(file));
    }
    return (this.#largest.get(keyOf({ Namespace, MetricName, Dimensions })) ?? 0) > Threshold;
  }

  #put(metric: MetricName, value: number): void {
    const key = keyOf(metric);
    this.#largest.set(key, Math.max(value, this.#largest.get(key) ?? 0));
  }
}

const keyOf = ({ Namespace, MetricName, Dimensions }: MetricName): string =>
  JSON.stringify([Namespace, MetricName, Dimensions.map(({ Name, Value }) => `${Name}=${Value}`).sort()]);

function linesOf(file: string): number {
  try {
    return readFileSync(file, 'utf8').split('\n').filter(Boolean).length;
  } catch {
    return 0;
  }
}

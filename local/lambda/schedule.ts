import { randomUUID } from 'node:crypto';
import { arn, localAccount, localRegion } from '../aws/arn.ts';
import { type LambdaFunctions, UnknownFunctionError } from './functions.ts';
import { finishWithin, wait } from './waiting.ts';

/** A function that is invoked again and again. */
export interface ScheduleOptions {
  readonly functions: LambdaFunctions;
  readonly functionName: string;
  /** From the beginning of one invocation to the next; a minute by default, EventBridge's shortest. */
  readonly intervalMs?: number;
}

/** A running schedule. */
export interface Schedule {
  /** Ends it, waiting for the invocation in work but no longer than this. */
  close(limitMs?: number): Promise<void>;
}

/**
 * Invokes a function at a fixed rate, the first time after one interval, as EventBridge does. Invocations never
 * overlap: one that takes longer than the interval delays the next. A failed one is not repeated; the next comes.
 * @throws UnknownFunctionError
 */
export function startSchedule({ functions, functionName, intervalMs = 60_000 }: ScheduleOptions): Schedule {
  if (!functions.has(functionName)) throw new UnknownFunctionError(functionName);
  const ending = new AbortController();

  async function run(): Promise<void> {
    // By the clock that nobody sets: one of the day that is set back would keep the next invocation waiting.
    let next = performance.now() + intervalMs;
    while (await wait(next - performance.now(), ending.signal)) {
      next = Math.max(next + intervalMs, performance.now());
      await functions.invoke(functionName, JSON.stringify(scheduledEvent(functionName)));
    }
  }

  const running = run();
  return {
    async close(limitMs = 5_000) {
      ending.abort();
      await finishWithin(limitMs, running);
    },
  };
}

/** The event of a scheduled rule ("Amazon EventBridge events reference"). */
export function scheduledEvent(functionName: string) {
  return {
    version: '0',
    id: randomUUID(),
    'detail-type': 'Scheduled Event',
    source: 'aws.events',
    account: localAccount,
    time: new Date().toISOString(),
    region: localRegion,
    resources: [arn('events', `rule/${functionName}`)],
    detail: {},
  };
}

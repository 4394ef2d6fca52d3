import { Logger } from '@aws-lambda-powertools/logger';
import type { Context } from 'aws-lambda';
import type { ServiceOptions } from '../party/arrival-services.ts';
import { buildOnce } from '../party/build-once.ts';
import { type Config, readConfig } from '../party/config.ts';
import { redactError } from '../party/loggable.ts';
import { machineClock } from '../party/monotonic-clock.ts';
import { EmfMetrics } from './emf-metrics.ts';

/** What a Lambda does with an event. `began` is when the invocation began, milliseconds since 1970. */
export type Handle<Event, Answer> = (event: Event, began: number) => Promise<Answer>;

/** A Lambda's entry. Lambda always hands over a context; whoever calls by hand may not have one. */
export type Entry<Event, Answer> = (event: Event, context?: Context) => Promise<Answer>;

/**
 * Makes a Lambda's entry: what handles the events is built from the environment on first use and kept as long as
 * the process lives. Log lines carry the request's id and whether the start was cold. What was measured is written
 * before the invocation ends, and of an error no more goes out than a log may hold.
 *
 * On Lambda a process has one invocation at a time. Where several run side by side, as on one machine, a line may
 * carry the id of another one; the ids of update, party and guest in it are always its own.
 *
 * @param name the Lambda's, as it stands in the logs and in the metrics
 * @param create makes the services that it needs
 */
export function entry<Services, Event, Answer>(
  name: string,
  create: (config: Config, options: ServiceOptions) => Services,
  build: (services: Services) => Promise<Handle<Event, Answer>>,
): Entry<Event, Answer> {
  const built = buildOnce(async () => {
    const log = new Logger({ serviceName: name });
    const metrics = new EmfMetrics(name);
    return { log, metrics, handle: await build(create(readConfig(process.env), { log, metrics })) };
  });
  return async (event, context) => {
    const began = machineClock.now();
    try {
      const { log, metrics, handle } = await built();
      if (context) log.addContext(context);
      return await handle(event, began).finally(() => metrics.flush());
    } catch (error) {
      throw redactError(error);
    }
  };
}

import { doorEntry } from '../../lambdas/door.ts';
import { buildScreen } from '../../lambdas/door-screen/build.ts';
import { handler as match } from '../../lambdas/match.ts';
import { handler as pictures } from '../../lambdas/pictures.ts';
import { handler as tick } from '../../lambdas/tick.ts';
import { handler as webhook } from '../../lambdas/webhook.ts';
import { buildOnce } from '../../party/build-once.ts';
import { machineClock } from '../../party/monotonic-clock.ts';
import type { DataStream } from '../aws/kinesis/data-stream.ts';
import type { OnDamage } from '../disk/damage.ts';
import { type FunctionUrls, startFunctionUrls } from '../lambda/function-url.ts';
import { LambdaFunctions } from '../lambda/functions.ts';
import { startKinesisSource } from '../lambda/kinesis-source.ts';
import { startSchedule } from '../lambda/schedule.ts';

/**
 * The product's Lambdas by the names that they have on this machine, with the time that each has, in seconds.
 *
 * @param ending tells that the program ends, so that nobody is kept waiting
 */
export function deployFunctions(ending: AbortSignal): LambdaFunctions {
  return new LambdaFunctions({
    webhook: { handler: webhook, timeoutSeconds: 55 },
    match: { handler: match, timeoutSeconds: 30 },
    tick: { handler: tick, timeoutSeconds: 30 },
    pictures: { handler: pictures, timeoutSeconds: 60 },
    door: { handler: doorEntry({ files: buildOnce(buildScreen), ending }), timeoutSeconds: 30 },
  });
}

/** The function URLs. Whatever calls the webhook needs its own, so they are there before the rest. */
export const openFunctionUrls = (functions: LambdaFunctions): Promise<FunctionUrls> =>
  startFunctionUrls({ functions, names: ['webhook', 'door'] });

/**
 * What invokes the Lambdas by itself: the records on the data stream, and the clock.
 *
 * @param folder the data folder
 */
export async function startTriggers(
  functions: LambdaFunctions,
  stream: DataStream,
  folder: string,
  onDamage?: OnDamage,
): Promise<{ close(): Promise<void> }> {
  const source = await startKinesisSource({
    stream,
    functions,
    functionName: 'match',
    folder,
    onDamage,
    now: machineClock.now,
    startingPosition: 'LATEST',
    batchSize: 100,
    maximumRetryAttempts: 3,
    maximumRecordAge: 60,
    bisectBatchOnFunctionError: true,
    reportBatchItemFailures: true,
  });
  const schedule = startSchedule({ functions, functionName: 'tick' });
  return {
    async close() {
      await Promise.all([source.close(), schedule.close()]);
    },
  };
}

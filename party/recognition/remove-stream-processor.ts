import { setTimeout as delay } from 'node:timers/promises';
import {
  DeleteStreamProcessorCommand,
  DescribeStreamProcessorCommand,
  type RekognitionClient,
  StopStreamProcessorCommand,
  type StreamProcessorStatus,
} from '@aws-sdk/client-rekognition';
import type { Pause } from '../clock.ts';
import { AccountRefusedError, type Outcome, outcomeOf } from './refusal.ts';

/** Stopping takes seconds, and Rekognition takes one Stop a second ("Guidelines and quotas"). */
const pollEvery = 1100;

/** What leads from a status towards there being no processor; between two looks nothing, or one or two calls. */
const steps: Readonly<Record<StreamProcessorStatus, readonly RemovalStep[]>> = {
  RUNNING: ['stop'],
  UPDATING: ['stop'],
  // One that hangs in its start can be deleted though it cannot be stopped ("Troubleshooting").
  STARTING: ['stop', 'delete'],
  STOPPING: [],
  STOPPED: ['delete'],
  FAILED: ['delete'],
};

/** What can be done towards there being no stream processor. */
export type RemovalStep = 'stop' | 'delete';

/** What to do with a stream processor in this status, in this order, before it is looked at again. */
export const removalSteps = (status: StreamProcessorStatus | undefined): readonly RemovalStep[] =>
  status ? steps[status] : ['stop'];

const commands = { stop: StopStreamProcessorCommand, delete: DeleteStreamProcessorCommand } as const;

/**
 * Stops a stream processor if need be, waits until it has stopped, and deletes it. One that is not there is as
 * good as removed, and where AWS lets an account have none there is none.
 *
 * @param signal ends the waiting; the processor may then still run
 * @param pause between two looks
 * @throws RecognitionError with words for the host when it may not be removed
 */
export async function removeStreamProcessor(
  client: RekognitionClient,
  name: string,
  signal: AbortSignal,
  pause: Pause = (milliseconds) => delay(milliseconds, undefined, { signal }),
): Promise<void> {
  const options = { abortSignal: signal };
  try {
    for (;;) {
      const found = await client
        .send(new DescribeStreamProcessorCommand({ Name: name }), options)
        .catch(outcomeOf);
      if (found === 'not there') return;
      for (const step of typeof found === 'string' ? [] : removalSteps(found.Status)) {
        const outcome = await client
          .send(new commands[step]({ Name: name }), options)
          .then((): Outcome => 'done', outcomeOf);
        if (outcome === 'not there' || (outcome === 'done' && step === 'delete')) return;
      }
      await pause(pollEvery);
    }
  } catch (error) {
    if (!(error instanceof AccountRefusedError)) throw error;
  }
}

import { setTimeout as delay } from 'node:timers/promises';
import {
  DeleteStreamProcessorCommand,
  DescribeStreamProcessorCommand,
  type RekognitionClient,
  ResourceInUseException,
  ResourceNotFoundException,
  StopStreamProcessorCommand,
  type StreamProcessorStatus,
} from '@aws-sdk/client-rekognition';
import type { Pause } from '../clock.ts';

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
 * good as removed.
 *
 * @param signal ends the waiting; the processor may then still run
 * @param pause between two looks
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
      const { Status } = await client.send(new DescribeStreamProcessorCommand({ Name: name }), options);
      for (const step of removalSteps(Status)) {
        const done = await unlessInUse(client.send(new commands[step]({ Name: name }), options));
        if (done && step === 'delete') return;
      }
      await pause(pollEvery);
    }
  } catch (error) {
    if (!(error instanceof ResourceNotFoundException)) throw error;
  }
}

/** @returns whether it was done; "in use" says that its status has changed or is about to */
async function unlessInUse(done: Promise<unknown>): Promise<boolean> {
  try {
    await done;
    return true;
  } catch (error) {
    if (error instanceof ResourceInUseException) return false;
    throw error;
  }
}

import { setTimeout as delay } from 'node:timers/promises';
import {
  DeleteStreamProcessorCommand,
  DescribeStreamProcessorCommand,
  type RekognitionClient,
  ResourceInUseException,
  ResourceNotFoundException,
  StopStreamProcessorCommand,
  StreamProcessorStatus,
} from '@aws-sdk/client-rekognition';

/** Stopping takes seconds, and Rekognition takes one Stop a second ("Guidelines and quotas"). */
const pollEvery = 1100;

/** Statuses from which a stream processor can be deleted at once. */
const atRest = new Set<StreamProcessorStatus | undefined>([
  StreamProcessorStatus.STOPPED,
  StreamProcessorStatus.FAILED,
]);

/**
 * Stops a stream processor if need be, waits until it has stopped, and deletes it. One that is not there is as
 * good as removed.
 *
 * @param signal ends the waiting; the processor may then still run
 */
export async function removeStreamProcessor(
  client: RekognitionClient,
  name: string,
  signal: AbortSignal,
): Promise<void> {
  const options = { abortSignal: signal };
  try {
    for (;;) {
      const { Status } = await client.send(new DescribeStreamProcessorCommand({ Name: name }), options);
      if (Status !== StreamProcessorStatus.STOPPING && !atRest.has(Status)) {
        await unlessInUse(client.send(new StopStreamProcessorCommand({ Name: name }), options));
      }
      // One that hangs in its start can be deleted though it cannot be stopped ("Troubleshooting").
      if (atRest.has(Status) || Status === StreamProcessorStatus.STARTING) {
        const deleted = client.send(new DeleteStreamProcessorCommand({ Name: name }), options);
        if (await unlessInUse(deleted)) return;
      }
      await delay(pollEvery, undefined, { signal });
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

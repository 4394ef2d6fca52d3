import { type CloudFormationClient, DeleteStackCommand } from '@aws-sdk/client-cloudformation';
import { CommandError } from '../errors.ts';
import { StackEvents } from './events.ts';
import type { Progress } from './progress.ts';
import { stackText } from './stack.text.ts';
import type { StackState } from './state.ts';

/**
 * Removes the stack, whatever state it is in. What CloudFormation could not delete the first time it is told to
 * delete again, and the second time to leave.
 *
 * The CDK is not asked for this: it would build the Lambdas first, and a house must be removable when that fails.
 *
 * @returns what had to be left, by its name on AWS
 * @throws CommandError with the first failure
 */
export async function removeStack(
  client: CloudFormationClient,
  { id, status }: StackState,
  name: string,
  progress: Progress,
): Promise<string[]> {
  const watch = await StackEvents.open(client, id, progress);
  // Already tried in vain: only by force does CloudFormation go on.
  let force = status === 'DELETE_FAILED';
  for (;;) {
    await client.send(
      new DeleteStackCommand({ StackName: id, ...(force && { DeletionMode: 'FORCE_DELETE_STACK' }) }),
    );
    const end = await watch.untilDone();
    if (end === 'DELETE_COMPLETE') return watch.left;
    if (force) throw new CommandError(stackText.removalFailed(name, progress.failure ?? end));
    force = true;
  }
}

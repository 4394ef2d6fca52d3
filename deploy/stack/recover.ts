import { type CloudFormationClient, ContinueUpdateRollbackCommand } from '@aws-sdk/client-cloudformation';
import { CommandError } from '../errors.ts';
import { StackEvents } from './events.ts';
import type { Progress } from './progress.ts';
import { removeStack } from './remove.ts';
import { stackText } from './stack.text.ts';
import type { StackState } from './state.ts';

/**
 * What is left of a stack that never was whole. Nothing but deletion leads on from there, and there is nothing in it
 * that anybody would miss. (`REVIEW_IN_PROGRESS`: its first change set was made and never executed.)
 */
const neverWhole = new Set(['REVIEW_IN_PROGRESS', 'CREATE_FAILED', 'ROLLBACK_COMPLETE', 'ROLLBACK_FAILED']);

/** Whether a stack has to be brought to rest before it can be deployed. */
export const needsRecovery = ({ status }: StackState): boolean =>
  neverWhole.has(status) || status === 'UPDATE_ROLLBACK_FAILED';

/**
 * Brings a stack that a failure left behind to where it can be deployed: what never was whole is removed, and an
 * update that could not be taken back is taken back now.
 *
 * @throws CommandError with the first failure, and what to do
 */
export async function recoverStack(
  client: CloudFormationClient,
  state: StackState,
  name: string,
  progress: Progress,
): Promise<void> {
  if (neverWhole.has(state.status)) {
    progress.step(stackText.removingRemains);
    const left = await removeStack(client, state, name, progress);
    if (left.length > 0) progress.line(stackText.remainsStay(left));
    return;
  }
  progress.step(stackText.takingBack);
  const events = await StackEvents.open(client, state.id, progress);
  await client.send(new ContinueUpdateRollbackCommand({ StackName: state.id }));
  const end = await events.untilDone();
  if (end !== 'UPDATE_ROLLBACK_COMPLETE')
    throw new CommandError(stackText.notTakenBack(name, progress.failure ?? end));
}

/** @throws CommandError when its removal was begun: it would not be deployed, and is not what it was */
export function refuseIfHalfRemoved(name: string, state: StackState | undefined): void {
  if (state?.status === 'DELETE_FAILED') throw new CommandError(stackText.halfRemoved(name));
}

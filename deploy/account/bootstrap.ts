import type { CloudFormationClient } from '@aws-sdk/client-cloudformation';
import { GetParameterCommand, ParameterNotFound, type SSMClient } from '@aws-sdk/client-ssm';
import { CommandError } from '../errors.ts';
import { stackText } from '../stack/stack.text.ts';
import { readStack } from '../stack/state.ts';
import { bootstrapText } from './bootstrap.text.ts';

/** Where the CDK's bootstrap stack says its version (CDK developer guide, "Bootstrapping"). */
const parameter = '/cdk-bootstrap/hnb659fds/version';

/** The oldest version that the CDK's default stack synthesizer works with. */
const oldest = 6;

/** The bootstrap stack's name: it is shared by all CDK applications of the account in this Region. */
export const bootstrapStack = 'CDKToolkit';

/** Whether the CDK can deploy into this account and Region. */
export async function isBootstrapped(ssm: Pick<SSMClient, 'send'>): Promise<boolean> {
  try {
    const { Parameter } = await ssm.send(new GetParameterCommand({ Name: parameter }));
    return Number(Parameter?.Value) >= oldest;
  } catch (error) {
    if (error instanceof ParameterNotFound) return false;
    throw error;
  }
}

/**
 * Sees that the bootstrap stack, where there is one, can be made or changed. One whose creation failed can: it is
 * made anew.
 *
 * @throws CommandError for one that somebody has to look at first
 */
export async function checkBootstrapStack(client: CloudFormationClient): Promise<void> {
  const { status = '' } = (await readStack(client, bootstrapStack)) ?? {};
  if (status === 'REVIEW_IN_PROGRESS') return;
  if (status.endsWith('_IN_PROGRESS')) throw new CommandError(stackText.busy(bootstrapStack, status));
  if (status === 'UPDATE_ROLLBACK_FAILED')
    throw new CommandError(bootstrapText.halfChanged(bootstrapStack, status));
  if (status.endsWith('_FAILED')) throw new CommandError(bootstrapText.broken(bootstrapStack, status));
}

import { type CloudFormationClient, DescribeStacksCommand, type Stack } from '@aws-sdk/client-cloudformation';
import { z } from 'zod';
import { CommandError } from '../errors.ts';
import type { Budget } from '../option-values.ts';
import { stackText } from './stack.text.ts';

const name = z.string().min(1);

/** What the stack says of itself. What is taken away while the house sleeps is absent then. */
const outputs = z.object({
  Recognition: z.enum(['images', 'video']),
  Asleep: z.enum(['true', 'false']).transform((text) => text === 'true'),
  /** Absent in a house from before it was told. */
  ConcurrencyReserved: z
    .enum(['true', 'false'])
    .default('false')
    .transform((text) => text === 'true'),
  TimeZone: name.optional(),
  /** Absent in a house that posts arrivals nowhere. */
  PostsArrivals: z
    .enum(['true', 'false'])
    .default('false')
    .transform((text) => text === 'true'),
  BudgetDollars: z.coerce.number().optional(),
  BudgetMail: name.optional(),
  WebhookUrl: name,
  TableName: name,
  BucketName: name,
  CollectionId: name,
  BotSecretName: name,
  BotSecretVersion: name.optional(),
  ProducerUserName: name,
  ArrivalsTopicArn: name,
  DataStreamName: name.optional(),
  VideoStreamName: name.optional(),
  MatchEventSourceMappingId: name.optional(),
  MatchDeadLettersUrl: name.optional(),
  PicturesDeadLettersUrl: name.optional(),
  WebhookFunctionName: name,
  MatchFunctionName: name,
  TickFunctionName: name,
  PicturesFunctionName: name,
  SetupFunctionName: name,
});

/** The names of what is on AWS. */
export type Outputs = z.infer<typeof outputs>;

/** The budget that the house has. */
export const budgetOf = ({ BudgetDollars: dollars, BudgetMail: mail }: Outputs): Budget | undefined =>
  dollars !== undefined && mail !== undefined ? { dollars, mail } : undefined;

/** The house's stack as it is. */
export interface StackState {
  /** Its ARN. */
  readonly id: string;
  /** CloudFormation's word, such as `UPDATE_COMPLETE`. */
  readonly status: string;
  /** Absent when it was never made whole, and when it is not this program's. */
  readonly outputs?: Outputs;
  /** Another program's, by all that can be seen: it is whole, and says nothing that every house says. */
  readonly foreign: boolean;
}

/** Whether a stack is all there and may be changed, by CloudFormation's word for it. */
export const isWhole = (status: string): boolean =>
  /^(CREATE|UPDATE|IMPORT|UPDATE_ROLLBACK|IMPORT_ROLLBACK)_COMPLETE$/.test(status);

/** @returns undefined when there is no such stack */
export async function readStack(
  client: CloudFormationClient,
  stackName: string,
): Promise<StackState | undefined> {
  const stack = await describe(client, stackName);
  if (!stack || stack.StackStatus === 'DELETE_COMPLETE') return undefined;
  const { StackId: id = stackName, StackStatus: status = '', Outputs = [] } = stack;
  const said = outputs.safeParse(
    Object.fromEntries(Outputs.map(({ OutputKey = '', OutputValue }) => [OutputKey, OutputValue])),
  );
  const foreign = isWhole(status) && !Outputs.some(({ OutputKey }) => OutputKey === 'BotSecretName');
  return { id, status, foreign, ...(said.success && { outputs: said.data }) };
}

/** The house, whole and at rest. @throws CommandError when there is none, or it is just being changed */
export async function readHouse(client: CloudFormationClient, stackName: string): Promise<Outputs> {
  const state = await readStack(client, stackName);
  if (!state) throw new CommandError(stackText.none(stackName, process.env.AWS_REGION ?? ''));
  refuseIfNotOurs(stackName, state);
  if (!state.outputs || !isWhole(state.status))
    throw new CommandError(stackText.notWhole(stackName, state.status));
  return state.outputs;
}

/** @throws CommandError when it is another program's, and while CloudFormation works on it */
export function refuseIfNotOurs(stackName: string, state: StackState | undefined): void {
  if (state?.foreign) throw new CommandError(stackText.foreign(stackName));
  // A change set that was never executed leaves this, and CloudFormation does nothing about it.
  if (!state || state.status === 'REVIEW_IN_PROGRESS') return;
  if (state.status.endsWith('_IN_PROGRESS')) throw new CommandError(stackText.busy(stackName, state.status));
}

async function describe(client: CloudFormationClient, StackName: string): Promise<Stack | undefined> {
  try {
    return (await client.send(new DescribeStacksCommand({ StackName }))).Stacks?.[0];
  } catch (error) {
    // CloudFormation has no class for this one.
    if (error instanceof Error && error.name === 'ValidationError' && /does not exist/.test(error.message))
      return undefined;
    throw error;
  }
}

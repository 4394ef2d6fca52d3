import { GetCallerIdentityCommand, STSClient } from '@aws-sdk/client-sts';
import { CommandError } from '../errors.ts';
import { refusalText } from './refusals.text.ts';

/** Whose credentials these are, and where they work. */
export interface Identity {
  /** Twelve digits. */
  readonly account: string;
  readonly region: string;
  /** The user or role, as an ARN. */
  readonly arn: string;
}

/**
 * Asks AWS who this is, and settles the Region for all clients of this process.
 *
 * @param region as the host said it; else the environment's or the profile's
 * @throws CommandError for the root user; what the SDK throws without credentials, or with ones that are over
 */
export async function identify(region: string | undefined): Promise<Identity> {
  // Every client of this process, the CDK's too, looks here.
  const said = region ?? process.env.AWS_REGION ?? process.env.AWS_DEFAULT_REGION;
  if (said) process.env.AWS_REGION = said;
  const client = new STSClient();
  const settled = await client.config.region();
  process.env.AWS_REGION = settled;
  const { Account: account = '', Arn: arn = '' } = await client.send(new GetCallerIdentityCommand());
  if (arn.endsWith(':root')) throw new CommandError(refusalText.root);
  return { account, region: settled, arn };
}

/** A user or role by the name that its owner knows: what comes last in the ARN. */
export const nameIn = (arn: string): string => arn.slice(arn.lastIndexOf(':') + 1);

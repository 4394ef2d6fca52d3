import {
  GetCallerIdentityCommand,
  type GetCallerIdentityCommandOutput,
  STSClient,
} from '@aws-sdk/client-sts';
import { callOptions } from '../call-options.ts';
import { CommandError } from '../errors.ts';
import { refusalText } from './refusals.text.ts';
import { asCommandError, isRefusal, isUnknownKey } from './refusals.ts';

/** Whose credentials these are, and where they work. */
export interface Identity {
  /** Twelve digits. */
  readonly account: string;
  readonly region: string;
  /** The user or role, as an ARN. */
  readonly arn: string;
}

/** The environment leads to something on this machine that is no account of AWS's. */
export class NotAwsError extends CommandError {
  constructor(endpoint: string, cause: unknown) {
    super(refusalText.elsewhere(endpoint, sentence(asCommandError(cause).message)), { cause });
  }
}

const sentence = (words: string): string => (/[.!?]$/.test(words) ? words : `${words}.`);

/**
 * Asks AWS who this is, and settles the Region for all clients of this process.
 *
 * @param region as the host said it; else the environment's or the profile's
 * @throws CommandError for the root user; NotAwsError where the environment leads elsewhere; what the SDK throws
 * without credentials, or with ones that are over
 */
export async function identify(region: string | undefined): Promise<Identity> {
  // Every client of this process, the CDK's too, looks here.
  const said = region ?? process.env.AWS_REGION ?? process.env.AWS_DEFAULT_REGION;
  if (said) process.env.AWS_REGION = said;
  const client = new STSClient(callOptions());
  const settled = await client.config.region();
  process.env.AWS_REGION = settled;
  const { Account: account = '', Arn: arn = '' } = await ask(client).catch(async (error: unknown) => {
    if (isUnknownKey(error) && (await isKnownElsewhere(settled)))
      throw new CommandError(refusalText.regionOff(settled), { cause: error });
    throw error;
  });
  if (arn.endsWith(':root')) throw new CommandError(refusalText.root);
  return { account, region: settled, arn };
}

async function ask(client: STSClient): Promise<GetCallerIdentityCommandOutput> {
  try {
    return await client.send(new GetCallerIdentityCommand());
  } catch (error) {
    // Whoever sets the one of this service means it.
    const endpoint = process.env.AWS_ENDPOINT_URL_STS ? undefined : process.env.AWS_ENDPOINT_URL;
    throw endpoint && isOnThisMachine(endpoint) && !isRefusal(error)
      ? new NotAwsError(endpoint, error)
      : error;
  }
}

/** A Region that is on in every account. */
const always = 'us-east-1';

/** A Region that is not switched on knows nobody's keys ("Managing AWS STS in an AWS Region", IAM user guide). */
async function isKnownElsewhere(region: string): Promise<boolean> {
  if (region === always) return false;
  try {
    await new STSClient({ ...callOptions(), region: always }).send(new GetCallerIdentityCommand());
    return true;
  } catch {
    return false;
  }
}

function isOnThisMachine(endpoint: string): boolean {
  const { hostname = '' } = URL.canParse(endpoint) ? new URL(endpoint) : {};
  return /^(localhost|127\.[\d.]+|\[::1\])$/.test(hostname);
}

/** A user or role by the name that its owner knows: what comes last in the ARN. */
export const nameIn = (arn: string): string => arn.slice(arn.lastIndexOf(':') + 1);

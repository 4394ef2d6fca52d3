import { mkdir } from 'node:fs/promises';
import path from 'node:path';
import { credentials } from '../../local/environment.ts';

/** The Region of the tests' account. */
export const region = 'eu-central-1';

/** Services that are recorded; all others are AWS on this machine. */
const recordedServices = [
  'CLOUDFORMATION',
  'CLOUDWATCH',
  'CLOUDWATCH_LOGS',
  'IAM',
  'KINESIS',
  'LAMBDA',
  'SQS',
  'SSM',
  'STS',
];

/** Where a command finds what it works with. */
export interface Surroundings {
  /** The folder in which it runs; its home is made in it. */
  readonly folder: string;
  /** The URL of AWS on this machine. */
  readonly aws: string;
  /** The URL of the services that are recorded. */
  readonly recorded: string;
  /** The root of the Bot API. */
  readonly telegram: string;
}

/** The environment of a command that finds an account at AWS, and Telegram, on this machine. */
export async function commandEnvironment({
  folder,
  aws,
  recorded,
  telegram,
}: Surroundings): Promise<Readonly<Record<string, string>>> {
  const home = path.join(folder, 'home');
  await mkdir(home);
  return {
    HOME: home,
    CDK_HOME: home,
    AWS_REGION: region,
    AWS_ACCESS_KEY_ID: credentials.accessKeyId,
    AWS_SECRET_ACCESS_KEY: credentials.secretAccessKey,
    AWS_ENDPOINT_URL: aws,
    ...Object.fromEntries(recordedServices.map((name) => [`AWS_ENDPOINT_URL_${name}`, recorded])),
    TELEGRAM_API_ROOT: telegram,
  };
}

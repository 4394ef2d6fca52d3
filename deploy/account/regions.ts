import { GetParametersCommand, type SSMClient } from '@aws-sdk/client-ssm';
import { CommandError } from '../errors.ts';
import type { Recognition } from '../option-values.ts';
import { regionText } from './regions.text.ts';

/** What the house is made of, by the names that AWS's own list of Regions has for them. */
const needed = [
  'cloudformation',
  'dynamodb',
  'kinesis',
  'lambda',
  'rekognition',
  's3',
  'secretsmanager',
  'sns',
];

/**
 * Where CloudFormation knows stream processors. AWS names no Regions for face search in streaming video; a
 * Region that is not here cannot be told from one that has it, so it is not tried.
 */
export const streamingRegions = [
  'us-east-1',
  'us-east-2',
  'us-west-2',
  'ap-northeast-1',
  'ap-south-1',
  'eu-central-1',
  'eu-west-1',
];

const parameter = (region: string, service: string): string =>
  `/aws/service/global-infrastructure/regions/${region}/services/${service}`;

/**
 * Sees that a Region has what the house needs, by the list that AWS publishes as public parameters (Systems Manager
 * user guide, "Calling AWS service, Region, endpoint ... public parameters").
 *
 * @throws CommandError that names what is missing
 */
export async function checkRegion(
  ssm: Pick<SSMClient, 'send'>,
  region: string,
  recognition: Recognition,
): Promise<void> {
  if (recognition === 'video' && !streamingRegions.includes(region)) {
    throw new CommandError(regionText.noStreaming(region, streamingRegions));
  }
  const services = recognition === 'video' ? [...needed, 'kinesisvideo'] : needed;
  const { InvalidParameters = [] } = await ssm.send(
    new GetParametersCommand({ Names: services.map((service) => parameter(region, service)) }),
  );
  const missing = services.filter((service) => InvalidParameters.includes(parameter(region, service)));
  // Nothing at all is known of the Region: then the list says nothing, and the deployment will.
  if (missing.length === 0 || missing.length === services.length) return;
  throw new CommandError(regionText.missing(region, missing));
}

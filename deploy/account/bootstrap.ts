import { GetParameterCommand, ParameterNotFound, type SSMClient } from '@aws-sdk/client-ssm';

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

import { CfnOutput } from 'aws-cdk-lib';
import type { Construct } from 'constructs';

/**
 * What the commands and the host read of a deployed house, each under its own name. What is not there is not told.
 *
 * @param stack the outputs' names are its ids as they are
 */
export function tell(stack: Construct, outputs: Readonly<Record<string, string | undefined>>): void {
  for (const [name, value] of Object.entries(outputs)) {
    if (value !== undefined) new CfnOutput(stack, name, { value });
  }
}

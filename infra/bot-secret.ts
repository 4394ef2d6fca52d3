import { Stack } from 'aws-cdk-lib';
import type { IConstruct } from 'constructs';

/**
 * The secret with the bot's token, the webhook's secret and the claim code. It is made before the stack and deleted
 * after it, so that no template, parameter or event of CloudFormation ever holds it; the stack knows its name only.
 */
export const botSecretName = (scope: IConstruct): string => `${Stack.of(scope).stackName}/bot`;

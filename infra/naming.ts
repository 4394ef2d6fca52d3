import { Stack } from 'aws-cdk-lib';
import type { IConstruct } from 'constructs';

/**
 * A name within the stack's own: `MusicalJoy-match`. Only for what has to be named before it is made, or keeps its
 * name while it is away; a second house in the account is a stack of another name, and all else gets its name from
 * CloudFormation.
 *
 * Concrete text, no reference: whoever names a thing does not have to wait until it is there.
 */
export const nameInStack = (scope: IConstruct, name: string): string =>
  `${Stack.of(scope).stackName}-${name}`;

import type { Template } from 'aws-cdk-lib/assertions';
import { resourcesOf } from './synthesised.ts';

/** A statement of a policy, as it stands in the template. */
export interface Statement {
  readonly Effect: string;
  readonly Action: string | readonly string[];
  readonly Resource: unknown;
  readonly Condition?: Readonly<Record<string, Readonly<Record<string, unknown>>>>;
}

/**
 * What a role or user may do.
 *
 * @param owner what the logical id of its policy begins with: `Match`, `Producer`
 */
export function statementsOf(template: Template, owner: string): Statement[] {
  const policies = resourcesOf(template, 'AWS::IAM::Policy').filter(([id]) =>
    new RegExp(`^${owner}(Role)?DefaultPolicy`).test(id),
  );
  return policies.flatMap(([, { Properties }]) => Properties.PolicyDocument.Statement);
}

/** All actions of some statements, in order. */
export const actionsOf = (statements: readonly Statement[]): string[] =>
  statements.flatMap(({ Action }) => Action).sort();

import type { SignedCall } from '../../../local/aws/answer-request.ts';
import { type Made, ofType, resolved, type Template } from '../stack/template.ts';
import { asksOf } from './asks.ts';
import { type Ask, applies, listOf, type PolicyStatement } from './policy.ts';
import { allowsOn, type ResourcePolicies } from './resource-policies.ts';

/** The statements of a role's or user's policies, with the names of what was made. */
export function statementsOf(
  template: Template,
  made: ReadonlyMap<string, Made>,
  logicalId: string,
): PolicyStatement[] {
  // What is too long for a role's own policy, the CDK puts into a managed one beside it.
  return ['AWS::IAM::Policy', 'AWS::IAM::ManagedPolicy']
    .flatMap((type) => ofType(template, type))
    .filter(([, { Properties }]) => {
      const { Roles = [], Users = [] } = Properties;
      return [...Roles, ...Users].some(({ Ref }) => Ref === logicalId);
    })
    .map(
      ([, { Properties }]) => resolved(Properties.PolicyDocument, made) as { Statement: PolicyStatement[] },
    )
    .flatMap(({ Statement }) => Statement);
}

/** The same, for calls to be held against: a video stream's ARN ends in when it was made, which no call tells. */
export function statementsForCallsOf(...of: Parameters<typeof statementsOf>): PolicyStatement[] {
  const text = JSON.stringify(statementsOf(...of));
  return JSON.parse(text.replaceAll(/(:kinesisvideo:[^"]+:stream\/[^/"]+)\/\d+/g, '$1')) as PolicyStatement[];
}

/** What was asked of IAM, by whom. */
export class Account {
  readonly #asks = new Map<string, Promise<Ask[]>[]>();

  /** To be told each call (`DeployOptions.onCall`). */
  readonly note = (caller: string | undefined, call: SignedCall): void => {
    if (caller === undefined) return;
    const asks = asksOf(call);
    // Whoever looks at them hears of it.
    asks.catch(() => {});
    this.#asks.set(caller, [...(this.#asks.get(caller) ?? []), asks]);
  };

  /** Each that is another one, once. @throws Error for a call that is not known here */
  async asksOf(caller: string): Promise<Ask[]> {
    const all = (await Promise.all(this.#asks.get(caller) ?? [])).flat();
    return [...new Map(all.map((ask) => [JSON.stringify(ask), ask])).values()];
  }

  /** What was done and is not granted, neither by the caller's policies nor by the resource's, or denied by one. */
  async missing(
    caller: string,
    statements: readonly PolicyStatement[],
    policies: ResourcePolicies,
  ): Promise<string[]> {
    return (await this.asksOf(caller))
      .filter((ask) => !allowsOn(policies, ask, statements))
      .map(({ action, resource, context }) => `${action} ${resource} ${JSON.stringify(context ?? {})}`);
  }

  /** What is granted and was not done: each action on each resource, and with each value that a condition allows. */
  async unused(caller: string, statements: readonly PolicyStatement[]): Promise<string[]> {
    const asks = await this.asksOf(caller);
    return eachGrant(statements)
      .filter(({ statement }) => !asks.some((ask) => applies(statement, ask)))
      .map(({ words }) => words);
  }
}

/** Statements of one action, one resource and one value of each condition, and how they are called. */
function eachGrant(
  statements: readonly PolicyStatement[],
): Array<{ statement: PolicyStatement; words: string }> {
  return statements.flatMap(({ Effect, Action, Resource, Condition }) =>
    listOf(Action).flatMap((action) =>
      listOf(Resource).flatMap((resource) =>
        eachCondition(Condition).map((condition) => ({
          statement: {
            Effect,
            Action: action,
            Resource: resource,
            ...(condition && { Condition: { [condition.operator]: { [condition.key]: condition.value } } }),
          },
          words: [action, resource.split(':').at(-1), condition?.value].filter(Boolean).join(' '),
        })),
      ),
    ),
  );
}

function eachCondition(condition: PolicyStatement['Condition']) {
  if (!condition) return [undefined];
  return Object.entries(condition).flatMap(([operator, keys]) =>
    Object.entries(keys).flatMap(([key, values]) =>
      listOf(values).map((value) => ({ operator, key, value: String(value) })),
    ),
  );
}

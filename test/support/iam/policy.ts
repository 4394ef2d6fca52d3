/**
 * A statement of a policy ("IAM JSON policy elements reference"), as far as these tests read it. In the policy of a
 * resource it says of whom it speaks; in that of an identity it does not.
 */
export interface PolicyStatement {
  readonly Effect: 'Allow' | 'Deny';
  readonly Principal?: Principal;
  readonly Action: string | readonly string[];
  readonly Resource: string | readonly string[];
  readonly Condition?: Conditions;
}

type Principal = '*' | Readonly<Partial<Record<'AWS' | 'Service', string | readonly string[]>>>;

type Conditions = Readonly<Record<string, Readonly<Record<string, Values>>>>;
type Values = Value | readonly Value[];
type Value = string | number | boolean;

/** What somebody wants to do, as IAM sees it. */
export interface Ask {
  /** `s3:GetObject` */
  readonly action: string;
  /** An ARN. */
  readonly resource: string;
  /** The condition keys that the service fills in, by name; a key that is not there has no value. */
  readonly context?: Readonly<Record<string, readonly string[]>>;
  /** The service of AWS's that asks by itself, such as `sns.amazonaws.com`. Without it: a role or user, or anybody. */
  readonly service?: string;
}

/**
 * Whether an identity may do something by its policies ("Policy evaluation logic"): a statement allows it, and none
 * denies it.
 */
export function allows(statements: readonly PolicyStatement[], ask: Ask): boolean {
  const applying = statements.filter((statement) => applies(statement, ask));
  return (
    applying.some(({ Effect }) => Effect === 'Allow') && applying.every(({ Effect }) => Effect !== 'Deny')
  );
}

/** Whether a statement speaks of this: by whom it is about, its action, its resource, and all of its conditions. */
export function applies({ Principal, Action, Resource, Condition = {} }: PolicyStatement, ask: Ask): boolean {
  return (
    (Principal === undefined || isAbout(Principal, ask)) &&
    listOf(Action).some((action) => isLike(ask.action, action, { anyCase: true })) &&
    listOf(Resource).some((resource) => isLike(ask.resource, resource)) &&
    Object.entries(Condition).every(([operator, keys]) =>
      Object.entries(keys).every(([key, wanted]) =>
        holds(operator, valuesOf(key, ask), listOf(wanted).map(String)),
      ),
    )
  );
}

/**
 * A star is everybody: services, the account's own roles and users, and those who signed nothing.
 *
 * @throws Error for roles or users by name, which these tests do not know
 */
function isAbout(principal: Principal, { service }: Ask): boolean {
  if (principal === '*') return true;
  const { AWS = [], Service = [] } = principal;
  const odd = listOf(AWS).find((one) => one !== '*');
  if (odd) throw new Error(`The principal ${odd} is not known here.`);
  return listOf(AWS).length > 0 || (service !== undefined && listOf(Service).includes(service));
}

/** The names of condition keys are not told apart by the case of their letters. */
function valuesOf(key: string, { context = {} }: Ask): readonly string[] | undefined {
  const name = Object.keys(context).find((one) => one.toLowerCase() === key.toLowerCase());
  return name === undefined ? undefined : context[name];
}

/**
 * One condition. @throws Error for an operator that these tests do not know, so that none is ever taken as held
 *
 * @param given the key's values in the request; undefined when it has none
 */
function holds(operator: string, given: readonly string[] | undefined, wanted: readonly string[]): boolean {
  const [, forWhich, plain = '', ifExists] =
    /^(ForAllValues:|ForAnyValue:)?(.+?)(IfExists)?$/.exec(operator) ?? [];
  const compare = operators[plain];
  if (!compare) throw new Error(`The condition operator ${operator} is not known here.`);
  const one = (value: string) => compare(value, wanted);
  // With no value at all ForAllValues holds, and that is IAM's, not ours.
  if (forWhich === 'ForAllValues:') return (given ?? []).every(one);
  if (given === undefined) return ifExists !== undefined || plain.includes('Not');
  return forWhich === 'ForAnyValue:' || given.length === 1 ? given.some(one) : false;
}

const operators: Readonly<Record<string, (value: string, wanted: readonly string[]) => boolean>> = {
  StringEquals: (value, wanted) => wanted.includes(value),
  StringNotEquals: (value, wanted) => !wanted.includes(value),
  StringLike: (value, wanted) => wanted.some((pattern) => isLike(value, pattern)),
  StringNotLike: (value, wanted) => !wanted.some((pattern) => isLike(value, pattern)),
  ArnLike: (value, wanted) => wanted.some((pattern) => isLike(value, pattern)),
  ArnEquals: (value, wanted) => wanted.some((pattern) => isLike(value, pattern)),
  Bool: (value, wanted) => wanted.includes(value),
  NumericLessThan: (value, wanted) => wanted.some((bound) => Number(value) < Number(bound)),
};

/** `*` stands for any characters, `?` for any one. */
function isLike(text: string, pattern: string, { anyCase = false } = {}): boolean {
  const source = pattern
    .replaceAll(/[.+^${}()|[\]\\]/g, '\\$&')
    .replaceAll('*', '.*')
    .replaceAll('?', '.');
  return new RegExp(`^${source}$`, anyCase ? 'is' : 's').test(text);
}

export const listOf = <T>(one: T | readonly T[]): readonly T[] => (Array.isArray(one) ? one : [one as T]);

import { localAccount, localRegion } from '../../../local/aws/arn.ts';
import { type Made, ofType, resolved, type Template } from '../stack/template.ts';
import { type Ask, allows, type PolicyStatement } from './policy.ts';

/** The statements of the policies that resources have themselves, by the resources' ARNs. */
export type ResourcePolicies = ReadonlyMap<string, readonly PolicyStatement[]>;

/**
 * The policies of a template's topics, queues, buckets and functions, and of the keys that they are encrypted with. A
 * topic without one has what SNS gives it; one that it is given takes the place of that.
 *
 * @param made what each resource is called
 */
export function resourcePoliciesOf(template: Template, made: ReadonlyMap<string, Made>): ResourcePolicies {
  const policies = new Map<string, PolicyStatement[]>();
  const add = (arn: string, statements: readonly PolicyStatement[]): void => {
    policies.set(arn, [...(policies.get(arn) ?? []), ...statements]);
  };
  for (const [type, target] of documents) {
    for (const [, { Properties }] of ofType(template, type)) {
      const { Statement } = resolved(Properties.PolicyDocument, made) as { Statement: PolicyStatement[] };
      for (const ref of [Properties[target]].flat()) add(arnOf(ref, made), Statement);
    }
  }
  for (const [, { Properties }] of ofType(template, 'AWS::Lambda::Permission'))
    add(arnOf(Properties.FunctionName, made), [permission(resolved(Properties, made) as Permission, made)]);
  for (const [id] of ofType(template, 'AWS::SNS::Topic')) {
    const arn = made.get(id)?.ref ?? '';
    if (!policies.has(arn)) add(arn, [topicsOwn(arn)]);
  }
  for (const alias of ['alias/aws/sns', 'alias/aws/kinesis']) add(keyArn(alias), [keysOwn(alias)]);
  return policies;
}

/**
 * Whether something may be done to a resource, by its own policy and by that of who asks, all of one account: either
 * allows it, and neither denies it.
 *
 * @param own the statements of the role or user that asks; none for a service, or for whoever signs nothing
 */
export function allowsOn(
  policies: ResourcePolicies,
  ask: Ask,
  own: readonly PolicyStatement[] = [],
): boolean {
  // An object's policy is its bucket's.
  const resource = ask.resource.replace(/^(arn:aws:s3:::[^/]+)\/.*$/s, '$1');
  const context = { ...overTls, ...ask.context };
  return allows([...own, ...(policies.get(resource) ?? [])], { ...ask, context });
}

/** As the SDK comes, and AWS's own services. */
const overTls = { 'aws:SecureTransport': ['true'], 's3:TlsVersion': ['1.3'] };

/** Resources that hold another one's policy, and the property that says whose. */
const documents = [
  ['AWS::SNS::TopicPolicy', 'Topics'],
  ['AWS::SQS::QueuePolicy', 'Queues'],
  ['AWS::S3::BucketPolicy', 'Bucket'],
] as const;

/** By a reference to it, which may give its name, its address or its ARN. */
function arnOf(reference: unknown, made: ReadonlyMap<string, Made>): string {
  const value = resolved(reference, made);
  const one = [...made.values()].find(({ ref, attributes: { Arn } }) => ref === value || Arn === value);
  return one?.attributes.Arn ?? String(value);
}

interface Permission {
  readonly Action: string;
  readonly FunctionName: string;
  /** A service, or a star. */
  readonly Principal: string;
  readonly SourceArn?: string;
  readonly SourceAccount?: string;
  readonly FunctionUrlAuthType?: string;
  readonly InvokedViaFunctionUrl?: boolean;
}

/** The statement that a permission becomes in the function's policy (Lambda API, AddPermission). */
function permission(it: Permission, made: ReadonlyMap<string, Made>): PolicyStatement {
  const { Principal, SourceArn, SourceAccount, FunctionUrlAuthType, InvokedViaFunctionUrl } = it;
  const equal = {
    ...(SourceAccount && { 'aws:SourceAccount': SourceAccount }),
    ...(FunctionUrlAuthType && { 'lambda:FunctionUrlAuthType': FunctionUrlAuthType }),
  };
  return {
    Effect: 'Allow',
    Principal: Principal === '*' ? '*' : { Service: Principal },
    Action: it.Action,
    Resource: arnOf(it.FunctionName, made),
    Condition: {
      ...(SourceArn && { ArnLike: { 'aws:SourceArn': SourceArn } }),
      ...(Object.keys(equal).length > 0 && { StringEquals: equal }),
      ...(InvokedViaFunctionUrl && { Bool: { 'lambda:InvokedViaFunctionUrl': 'true' } }),
    },
  };
}

/** What a topic may be used for that nobody gave a policy (SNS developer guide, "Default access policy"). */
const topicsOwn = (arn: string): PolicyStatement => ({
  Effect: 'Allow',
  Principal: { AWS: '*' },
  Action: ['sns:Publish', 'sns:Subscribe', 'sns:GetTopicAttributes'],
  Resource: arn,
  Condition: { StringEquals: { 'AWS:SourceOwner': localAccount } },
});

/** A key by its alias, for of AWS's own keys nobody knows another name beforehand. */
export const keyArn = (alias: string): string => `arn:aws:kms:${localRegion}:${localAccount}:${alias}`;

/**
 * The policy of a key of AWS's own, which nobody can change: the account's roles and users may use it through its
 * service ("AWS managed keys", KMS developer guide). No other service may.
 */
const keysOwn = (alias: string): PolicyStatement => ({
  Effect: 'Allow',
  Principal: { AWS: '*' },
  Action: ['kms:Encrypt', 'kms:Decrypt', 'kms:ReEncrypt*', 'kms:GenerateDataKey*', 'kms:DescribeKey'],
  Resource: keyArn(alias),
  Condition: {
    StringEquals: {
      'kms:CallerAccount': localAccount,
      'kms:ViaService': `${alias.split('/').at(-1)}.${localRegion}.amazonaws.com`,
    },
  },
});

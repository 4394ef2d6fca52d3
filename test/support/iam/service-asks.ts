import { localAccount } from '../../../local/aws/arn.ts';
import { type Made, ofType, resolved, type Template } from '../stack/template.ts';
import type { Ask } from './policy.ts';
import { keyArn } from './resource-policies.ts';

/** What somebody asks who has no role here, and what it is for. */
export interface ServiceAsk extends Ask {
  readonly what: string;
}

/**
 * What AWS's services, and callers who sign nothing, ask of a template's resources by themselves, because the template
 * connects them: an alarm with its topic, a topic with its subscriber, a schedule with its function, a URL with its.
 * (Event source mappings and destinations of failures ask in the name of the function's role.)
 *
 * @param made what each resource is called
 * @throws Error for a connection that is not known here, so that none goes unseen
 */
export function serviceAsksOf(template: Template, made: ReadonlyMap<string, Made>): ServiceAsk[] {
  return [
    ...alarms(template, made),
    ...subscriptions(template, made),
    ...rules(template, made),
    ...urls(template, made),
  ];
}

function alarms(template: Template, made: ReadonlyMap<string, Made>): ServiceAsk[] {
  return ofType(template, 'AWS::CloudWatch::Alarm').flatMap(([id, { Properties }]) => {
    const { AlarmName, AlarmActions = [], OKActions = [] } = Properties;
    const actions = new Set([...AlarmActions, ...OKActions].map((action) => String(resolved(action, made))));
    const asAlarm = by('cloudwatch.amazonaws.com', made.get(id)?.attributes.Arn);
    return [...actions].flatMap((topic) => publish(template, made, topic, `the alarm ${AlarmName}`, asAlarm));
  });
}

/** Into a topic, and, where it is encrypted, with its key. */
function publish(
  template: Template,
  made: ReadonlyMap<string, Made>,
  topic: string,
  who: string,
  asker: Pick<Ask, 'service' | 'context'>,
): ServiceAsk[] {
  const [, { Properties = {} } = {}] =
    ofType(template, 'AWS::SNS::Topic').find(([id]) => made.get(id)?.ref === topic) ?? [];
  const key = Properties.KmsMasterKeyId;
  return [
    { what: `${who} publishes`, action: 'sns:Publish', resource: topic, ...asker },
    ...(key === undefined ? [] : ['kms:GenerateDataKey', 'kms:Decrypt']).map((action) => ({
      what: `${who} encrypts`,
      action,
      resource: keyArn(String(resolved(key, made)).replace(/^.*:(?=alias\/)/, '')),
      ...asker,
    })),
  ];
}

function subscriptions(template: Template, made: ReadonlyMap<string, Made>): ServiceAsk[] {
  return ofType(template, 'AWS::SNS::Subscription').map(([, { Properties }]) => {
    const { Protocol, Endpoint, TopicArn } = resolved(Properties, made) as Record<string, string>;
    if (Protocol !== 'lambda') throw new Error(`Subscriptions of ${Protocol} are not known here.`);
    return {
      what: `the topic ${TopicArn} invokes`,
      action: 'lambda:InvokeFunction',
      resource: Endpoint ?? '',
      ...by('sns.amazonaws.com', TopicArn),
    };
  });
}

function rules(template: Template, made: ReadonlyMap<string, Made>): ServiceAsk[] {
  return ofType(template, 'AWS::Events::Rule').flatMap(([id, { Properties }]) => {
    const { Targets } = resolved({ Targets: Properties.Targets }, made) as { Targets: { Arn: string }[] };
    return Targets.map(({ Arn }) => {
      if (!Arn.includes(':lambda:')) throw new Error(`A rule for ${Arn} is not known here.`);
      return {
        what: `the rule ${id} invokes`,
        action: 'lambda:InvokeFunction',
        resource: Arn,
        ...by('events.amazonaws.com', made.get(id)?.attributes.Arn),
      };
    });
  });
}

/** Two actions, as Lambda asks for both since October 2025 ("Control access to Lambda function URLs"). */
function urls(template: Template, made: ReadonlyMap<string, Made>): ServiceAsk[] {
  return ofType(template, 'AWS::Lambda::Url').flatMap(([id, { Properties }]) => {
    const { TargetFunctionArn, AuthType } = resolved(Properties, made) as Record<string, string>;
    if (AuthType !== 'NONE' || !TargetFunctionArn) throw new Error(`The URL ${id} is not known here.`);
    return [
      ['lambda:InvokeFunctionUrl', 'lambda:FunctionUrlAuthType', 'NONE'] as const,
      ['lambda:InvokeFunction', 'lambda:InvokedViaFunctionUrl', 'true'] as const,
    ].map(([action, key, value]) => ({
      what: `whoever knows the URL ${id} invokes`,
      action,
      resource: TargetFunctionArn,
      context: { [key]: [value] },
    }));
  });
}

/** As a service asks on behalf of a resource of this account; it is itself in an account of AWS's. */
const by = (service: string, source = ''): Required<Pick<Ask, 'service' | 'context'>> => ({
  service,
  context: {
    'aws:SourceAccount': [localAccount],
    'aws:SourceArn': [source],
    'aws:SourceOwner': [localAccount],
  },
});

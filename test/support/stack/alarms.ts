import { randomUUID } from 'node:crypto';
import { AwsError } from '../../../local/aws/protocol/aws-error.ts';
import { jsonError } from '../../../local/aws/protocol/json-answer.ts';
import type { LocalResponse, Service } from '../../../local/aws/service.ts';
import { signedFor } from '../../../local/aws/signature.ts';
import type { LambdaFunctions } from '../../../local/lambda/functions.ts';
import type { ThereResource } from './cloudformation/resource-handlers.ts';
import { nameIn } from './connections.ts';

/** What is sent to CloudWatch, as far as it is read. */
interface Input {
  readonly AlarmNamePrefix?: string;
  readonly AlarmName?: string;
  readonly StateValue?: 'ALARM' | 'OK';
  readonly StateReason?: string;
}

/** CloudWatch over a stack's alarms: what is set off goes the way that the stack has for it. */
export interface AlarmsOptions {
  readonly resources: () => Iterable<ThereResource>;
  readonly functions: LambdaFunctions;
  /** Told of each state that is set. */
  readonly onSet: (alarm: string, state: string) => void;
}

/**
 * CloudWatch's API over the alarms of a stack, and SNS behind it: an alarm's action is a topic, and a topic's subscribers
 * are functions. Nothing was measured.
 */
export function alarmsService({ resources, functions, onSet }: AlarmsOptions): Service {
  const ofType = (type: string) => [...resources()].filter((one) => one.type === type);
  const alarms = () => ofType('AWS::CloudWatch::Alarm').map(({ properties }) => properties);

  async function publish(topic: unknown, message: object): Promise<void> {
    const subscribers = ofType('AWS::SNS::Subscription').filter(
      ({ properties: { TopicArn, Protocol } }) => TopicArn === topic && Protocol === 'lambda',
    );
    for (const { properties } of subscribers) {
      const Sns = { MessageId: randomUUID(), Message: JSON.stringify(message) };
      const event = { Records: [{ EventSource: 'aws:sns', EventVersion: '1.0', Sns }] };
      await functions.invoke(nameIn(String(properties.Endpoint)), JSON.stringify(event));
    }
  }

  async function setState({ AlarmName = '', StateValue = 'OK', StateReason }: Input): Promise<LocalResponse> {
    const alarm = alarms().find((one) => one.AlarmName === AlarmName);
    if (!alarm) return jsonError(new AwsError('ResourceNotFound', `${AlarmName} is not there.`, 404));
    onSet(AlarmName, StateValue);
    const StateChangeTime = new Date().toISOString().replace('Z', '+0000');
    const change = { AlarmName, NewStateValue: StateValue, NewStateReason: StateReason, StateChangeTime };
    const actions = StateValue === 'ALARM' ? alarm.AlarmActions : alarm.OKActions;
    for (const topic of (actions as unknown[] | undefined) ?? []) await publish(topic, change);
    return json({});
  }

  return {
    name: 'CloudWatch',
    signingName: 'monitoring',
    accepts: (request) => signedFor(request) === 'monitoring',
    async answer({ headers, body }) {
      const operation = String(headers['x-amz-target']).split('.').at(-1) ?? '';
      const input = JSON.parse(body.toString()) as Input;
      switch (operation) {
        case 'DescribeAlarms': {
          const { AlarmNamePrefix: prefix = '' } = input;
          const names = alarms().map(({ AlarmName }) => String(AlarmName));
          const found = names.filter((name) => name.startsWith(prefix));
          return json({ MetricAlarms: found.map((AlarmName) => ({ AlarmName })) });
        }
        case 'SetAlarmState':
          return setState(input);
        case 'GetMetricStatistics':
          return json({ Datapoints: [] });
        default:
          return jsonError(new AwsError('InvalidAction', `CloudWatch ${operation} is not available here.`));
      }
    },
  };
}

const json = (content: object): LocalResponse => ({
  status: 200,
  headers: { 'content-type': 'application/x-amz-json-1.0' },
  body: JSON.stringify(content),
});

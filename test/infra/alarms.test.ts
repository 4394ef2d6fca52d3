import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Template } from 'aws-cdk-lib/assertions';
import { alarmText } from '../../bot/alarms.text.ts';
import type { AlarmChange } from '../../party/alarms/alarms.ts';
import { houses, resourcesOf, templateOf } from './synthesised.ts';

const images = templateOf(houses.images);
const video = templateOf(houses.video);
const asleep = templateOf(houses['images asleep']);

const alarms = (template: Template) =>
  resourcesOf(template, 'AWS::CloudWatch::Alarm').map(([, { Properties }]) => Properties);

const watched = (template: Template) =>
  alarms(template)
    .map(({ MetricName }) => MetricName)
    .sort();

test('failures, dead letters and lag are told of, and with video a recognition with no party', () => {
  const failures = ['BatchesFailed', 'Errors', 'Errors', 'Errors', 'Url5xxCount'];
  const letters = ['ApproximateNumberOfMessagesVisible', 'ApproximateNumberOfMessagesVisible'];
  const always = [...letters, ...failures, 'Throttles'];
  const awake = [...always, 'Throttles', 'IteratorAge'];
  assert.deepEqual(watched(asleep), always.sort());
  assert.deepEqual(watched(images), [...awake].sort());
  assert.deepEqual(watched(video), [...awake, 'RecognitionWithoutParty'].sort());
});

test('there are no more alarms than cost nothing, but for one with video', () => {
  assert.ok(alarms(images).length <= 10);
  assert.ok(alarms(video).length <= 11);
});

test('every alarm goes to the topic, at once, and no data is no alarm', () => {
  const [topic] = resourcesOf(video, 'AWS::SNS::Topic').find(([id]) => id.startsWith('AlarmsTopic'))!;
  for (const alarm of alarms(video)) {
    assert.deepEqual(alarm.AlarmActions, [{ Ref: topic }]);
    assert.deepEqual(alarm.OKActions, [{ Ref: topic }], 'it is told too when it is over');
    assert.equal(alarm.EvaluationPeriods, 1);
    assert.equal(alarm.TreatMissingData, 'notBreaching');
    assert.ok(alarm.AlarmDescription.endsWith('.'), 'it says in a sentence what is wrong');
  }
});

test('the chat has words of its own for each alarm', () => {
  for (const { AlarmName: name } of alarms(video)) {
    for (const state of ['on', 'over'] as const) {
      const words = alarmText({ name, state, time: 0 } satisfies AlarmChange);
      assert.doesNotMatch(words, /^The alarm/, name);
    }
  }
});

test('what the Lambdas measure themselves is looked for by service, in the namespace that they are told', () => {
  for (const [metric, service] of [
    ['RecognitionWithoutParty', 'tick'],
    ['BatchesFailed', 'match'],
  ]) {
    const alarm = alarms(video).find(({ MetricName }) => MetricName === metric);
    assert.deepEqual(alarm.Dimensions, [{ Name: 'service', Value: service }]);
    for (const [, { Properties }] of resourcesOf(video, 'AWS::Lambda::Function')) {
      assert.equal(Properties.Environment.Variables.POWERTOOLS_METRICS_NAMESPACE, alarm.Namespace);
    }
  }
});

test('the tick is told of alarms, in a house that sleeps too', () => {
  for (const template of [video, asleep]) {
    const [[, subscription]] = resourcesOf(template, 'AWS::SNS::Subscription') as [
      ReturnType<typeof resourcesOf>[0],
    ];
    assert.equal(subscription.Properties.Protocol, 'lambda');
    assert.match(JSON.stringify(subscription.Properties.TopicArn), /AlarmsTopic/);
    assert.match(JSON.stringify(subscription.Properties.Endpoint), /TickFunction/);
    const invokers = resourcesOf(template, 'AWS::Lambda::Permission').map(
      ([, { Properties }]) => Properties.Principal,
    );
    assert.ok(invokers.includes('sns.amazonaws.com'));
  }
});

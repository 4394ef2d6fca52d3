import assert from 'node:assert/strict';
import { test } from 'node:test';
import { applies } from '../support/iam/policy.ts';
import { allowsOn, resourcePoliciesOf } from '../support/iam/resource-policies.ts';
import { type ServiceAsk, serviceAsksOf } from '../support/iam/service-asks.ts';
import { namedOnly } from '../support/stack/named.ts';
import { ofType, type Template } from '../support/stack/template.ts';
import { houses, templateOf } from './synthesised.ts';

function askedOf(template: Template) {
  const made = namedOnly(template, 'MusicalJoy');
  return { policies: resourcePoliciesOf(template, made), asks: serviceAsksOf(template, made) };
}

const all = Object.entries(houses).map(([name, props]) => ({
  name,
  ...askedOf(templateOf(props).toJSON() as Template),
}));

/** What is asked and refused. */
const refusedIn = ({ policies, asks }: ReturnType<typeof askedOf>): string[] =>
  asks.filter((ask) => !allowsOn(policies, ask)).map(({ what, action }) => `${what}: ${action}`);

/** The same ask with other values of its condition keys. */
const otherwise = (ask: ServiceAsk, context: Readonly<Record<string, readonly string[]>>): ServiceAsk => ({
  ...ask,
  context: { ...ask.context, ...context },
});

test('whatever a service of AWS’s has to do with a house, the resource’s own policy lets it do', () => {
  for (const house of all) {
    assert.ok(house.asks.some(({ action }) => action === 'sns:Publish'));
    assert.deepEqual(refusedIn(house), [], house.name);
  }
});

test('an alarm cannot use AWS’s own key for SNS, and would be noticed here', () => {
  const template = templateOf(houses.images).toJSON() as Template;
  const [, topic] = ofType(template, 'AWS::SNS::Topic').find(([id]) => id.startsWith('AlarmsTopic'))!;
  topic.Properties.KmsMasterKeyId = 'alias/aws/sns';
  assert.match(refusedIn(askedOf(template)).join('\n'), /WebhookErrors encrypts: kms:GenerateDataKey/);
});

test('a service acts for this account’s own resources and for nobody else’s', () => {
  for (const { name, policies, asks } of all) {
    const other = { 'aws:SourceAccount': ['999999999999'], 'aws:SourceOwner': ['999999999999'] };
    for (const ask of asks.filter(({ service }) => service !== undefined)) {
      const source = ask.context?.['aws:SourceArn']?.map((arn) => arn.replace(/:\d{12}:/, ':999999999999:'));
      const asOther = otherwise(ask, { ...other, ...(source && { 'aws:SourceArn': source }) });
      assert.equal(allowsOn(policies, asOther), false, `${name}: ${ask.what}`);
    }
  }
});

test('a topic is written to over TLS alone', () => {
  for (const { name, policies, asks } of all)
    for (const ask of asks.filter(({ action }) => action === 'sns:Publish'))
      assert.equal(allowsOn(policies, otherwise(ask, { 'aws:SecureTransport': ['false'] })), false, name);
});

test('no resource lets anybody do what nobody does', () => {
  for (const { name, policies, asks } of all) {
    for (const [resource, statements] of policies) {
      // The keys are AWS's own, and so is what stands in their policies.
      if (resource.includes(':alias/aws/')) continue;
      const unused = statements
        .filter(({ Effect }) => Effect === 'Allow')
        .filter((statement) => !asks.some((ask) => applies(statement, ask)));
      assert.deepEqual(unused, [], `${name}: ${resource}`);
    }
  }
});

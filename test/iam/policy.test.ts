import assert from 'node:assert/strict';
import { test } from 'node:test';
import { type Ask, allows, type PolicyStatement } from '../support/iam/policy.ts';

const table = 'arn:aws:dynamodb:us-east-1:111122223333:table/party';
const allow = (more: Partial<PolicyStatement>): PolicyStatement => ({
  Effect: 'Allow',
  Action: 'dynamodb:GetItem',
  Resource: table,
  ...more,
});
const ask = (more: Partial<Ask> = {}): Ask => ({ action: 'dynamodb:GetItem', resource: table, ...more });
const keys = (...leading: string[]): Ask => ask({ context: { 'dynamodb:LeadingKeys': leading } });

const leadingKeys = (...patterns: string[]) =>
  allow({ Condition: { 'ForAllValues:StringLike': { 'dynamodb:LeadingKeys': patterns } } });
const passedToRekognition = allow({
  Action: 'iam:PassRole',
  Resource: '*',
  Condition: { StringEquals: { 'iam:PassedToService': 'rekognition.amazonaws.com' } },
});
const passedTo = (service: string): Ask => ({
  action: 'iam:PassRole',
  resource: 'arn:aws:iam::111122223333:role/r',
  context: { 'iam:PassedToService': [service] },
});
const snapshots = allow({ Action: 's3:ListBucket', Resource: 'arn:aws:s3:::b' });
const ofPrefix = { ...snapshots, Condition: { StringLike: { 's3:prefix': 'snapshots/*' } } };
const list = (prefix?: string): Ask => ({
  action: 's3:ListBucket',
  resource: 'arn:aws:s3:::b',
  context: prefix === undefined ? {} : { 's3:prefix': [prefix] },
});
const forSns = allow({ Principal: { Service: 'sns.amazonaws.com' } });
const by = (service: string): Ask => ask({ service });
const denyOldTls = allow({ Effect: 'Deny', Condition: { NumericLessThan: { 's3:TlsVersion': 1.2 } } });

/** Whether it is allowed, by which statements, and what is asked. */
const cases: Array<[what: string, allowed: boolean, statements: PolicyStatement[], asked: Ask]> = [
  ['what is granted', true, [allow({})], ask()],
  ['what nothing grants', false, [], ask()],
  ['another action', false, [allow({})], ask({ action: 'dynamodb:PutItem' })],
  ['an action that only begins like it', false, [allow({ Action: 'dynamodb:Get' })], ask()],
  ['another resource', false, [allow({})], ask({ resource: `${table}-2` })],
  ['an action in other letters', true, [allow({ Action: 'DynamoDB:getitem' })], ask()],
  ['a resource in other letters', false, [allow({ Resource: table.toUpperCase() })], ask()],
  ['one of several actions', true, [allow({ Action: ['s3:GetObject', 'dynamodb:GetItem'] })], ask()],
  ['an action by a wildcard', true, [allow({ Action: 'dynamodb:*Item' })], ask()],
  ['a resource by a wildcard', true, [allow({ Resource: 'arn:aws:dynamodb:*:table/*' })], ask()],
  ['characters by question marks', true, [allow({ Resource: table.replace('party', '?????') })], ask()],
  ['a character too few', false, [allow({ Resource: table.replace('party', '??????') })], ask()],
  ['a point that is no wildcard', false, [allow({ Resource: table.replace('-', '.') })], ask()],
  ['what is granted and denied', false, [allow({}), allow({ Effect: 'Deny' })], ask()],
  [
    'what is granted, where else is denied',
    true,
    [allow({}), allow({ Effect: 'Deny', Resource: 'x' })],
    ask(),
  ],
  ['a leading key', true, [leadingKeys('PARTY', 'PARTY#*')], keys('PARTY')],
  ['a leading key by a wildcard', true, [leadingKeys('PARTY#*')], keys('PARTY#1', 'PARTY#2')],
  ['one leading key of another kind', false, [leadingKeys('PARTY#*')], keys('PARTY#1', 'HOSTS')],
  [
    'leading keys by two statements, none of which has all',
    false,
    [leadingKeys('A'), leadingKeys('B')],
    keys('A', 'B'),
  ],
  ['no leading keys at all, for which ForAllValues holds', true, [leadingKeys('PARTY')], ask()],
  [
    'a role that is passed to the service',
    true,
    [passedToRekognition],
    passedTo('rekognition.amazonaws.com'),
  ],
  ['a role that is passed to another', false, [passedToRekognition], passedTo('ec2.amazonaws.com')],
  ['a role of which nothing is said', false, [passedToRekognition], { ...passedTo(''), context: {} }],
  ['a prefix', true, [ofPrefix], list('snapshots/1.jpg')],
  ['another prefix', false, [ofPrefix], list('photos/')],
  ['no prefix', false, [ofPrefix], list()],
  ['a service that the resource names', true, [forSns], by('sns.amazonaws.com')],
  ['another service', false, [forSns], by('events.amazonaws.com')],
  ['whoever is no service, where one is named', false, [forSns], ask()],
  ['a service, where everybody is named', true, [allow({ Principal: '*' })], by('sns.amazonaws.com')],
  ['whoever signed nothing, where everybody is named', true, [allow({ Principal: { AWS: '*' } })], ask()],
  [
    'a condition key in other letters',
    true,
    [allow({ Condition: { StringEquals: { 'AWS:SourceOwner': '1' } } })],
    ask({ context: { 'aws:sourceOwner': ['1'] } }),
  ],
  ['a TLS that is too old', false, [allow({}), denyOldTls], ask({ context: { 's3:TlsVersion': ['1.1'] } })],
  ['a TLS that is new enough', true, [allow({}), denyOldTls], ask({ context: { 's3:TlsVersion': ['1.3'] } })],
];

for (const [what, allowed, statements, asked] of cases) {
  test(`${what} is ${allowed ? 'allowed' : 'not allowed'}`, () => {
    assert.equal(allows(statements, asked), allowed);
  });
}

test('a condition that is not understood is never taken as held', () => {
  const odd = allow({ Condition: { DateLessThan: { 'aws:CurrentTime': '2026-12-24T00:00:00Z' } } });
  assert.throws(() => allows([odd], ask()), /DateLessThan/);
});

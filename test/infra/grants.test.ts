import assert from 'node:assert/strict';
import { test } from 'node:test';
import { statementsOf } from '../support/iam/account.ts';
import { withoutEffect } from '../support/iam/authorization-reference.ts';
import { isExcepted } from '../support/iam/exceptions.ts';
import type { PolicyStatement } from '../support/iam/policy.ts';
import { resourcePoliciesOf } from '../support/iam/resource-policies.ts';
import { namedOnly } from '../support/stack/named.ts';
import { ofType, type Template } from '../support/stack/template.ts';
import { houses, templateOf } from './synthesised.ts';

for (const [name, props] of Object.entries(houses)) {
  test(`no grant of a house (${name}) is without effect`, async () => {
    const template = templateOf(props).toJSON() as Template;
    const made = namedOnly(template, 'MusicalJoy');
    for (const [id] of ['AWS::IAM::Role', 'AWS::IAM::User'].flatMap((type) => ofType(template, type))) {
      const words = (await Promise.all(statementsOf(template, made, id).map(withoutEffect))).flat();
      const grants = words.map((word) => word.replace(/arn:\S+:/, ''));
      assert.deepEqual(
        grants.filter((grant) => !isExcepted(id, grant, props.recognition)),
        [],
        id,
      );
    }
    for (const [resource, statements] of resourcePoliciesOf(template, made)) {
      const allowing = statements.filter(({ Effect }) => Effect === 'Allow');
      if (resource.includes(':alias/aws/')) continue;
      assert.deepEqual((await Promise.all(allowing.map(withoutEffect))).flat(), [], resource);
    }
  });
}

const bucket = 'arn:aws:s3:::b';
const table = 'arn:aws:dynamodb:us-east-1:111122223333:table/party';
const collection = 'arn:aws:rekognition:us-east-1:111122223333:collection/faces';
const cases: Array<[what: string, grant: Omit<PolicyStatement, 'Effect'>, words: string[]]> = [
  ['an object, to be read', { Action: 's3:GetObject', Resource: `${bucket}/photos/*` }, []],
  [
    'a bucket, to be read as an object',
    { Action: 's3:GetObject', Resource: bucket },
    [`s3:GetObject ${bucket}`],
  ],
  [
    'objects, to be listed',
    { Action: 's3:ListBucket', Resource: `${bucket}/*` },
    [`s3:ListBucket ${bucket}/*`],
  ],
  [
    'a collection, to be made',
    { Action: 'rekognition:CreateCollection', Resource: collection },
    [`rekognition:CreateCollection ${collection}`],
  ],
  ['everything, to make a collection', { Action: 'rekognition:CreateCollection', Resource: '*' }, []],
  [
    'the resource of another service',
    { Action: 'dynamodb:Query', Resource: collection },
    [`dynamodb:Query ${collection}`],
  ],
  [
    'a condition that the action does not know',
    { Action: 'dynamodb:Query', Resource: table, Condition: { StringLike: { 's3:prefix': 'photos/' } } },
    ['dynamodb:Query if s3:prefix'],
  ],
];
for (const [what, grant, words] of cases) {
  test(`${what}: ${words.length === 0 ? 'has an effect' : 'has none'}`, async () => {
    assert.deepEqual(await withoutEffect({ Effect: 'Allow', ...grant }), words);
  });
}

test('an action that there is not is no grant', async () => {
  await assert.rejects(
    withoutEffect({ Effect: 'Allow', Action: 's3:ReadObject', Resource: bucket }),
    /no action s3:ReadObject/,
  );
});

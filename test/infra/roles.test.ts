import assert from 'node:assert/strict';
import { test } from 'node:test';
import { actionsOf, type Statement, statementsOf } from './policies.ts';
import { houses, resourcesOf, templateOf } from './synthesised.ts';

const templates = Object.entries(houses).map(([name, props]) => [name, templateOf(props)] as const);
const images = templates.find(([name]) => name === 'images')![1];
const video = templates.find(([name]) => name === 'video')![1];
const asleep = templates.find(([name]) => name === 'video asleep')![1];

const lambdas = ['Webhook', 'Match', 'Tick', 'Pictures', 'Door', 'Setup'];

const allowing = (statements: readonly Statement[], action: string): Statement[] =>
  statements.filter(({ Action }) => [Action].flat().includes(action));

test('every statement names its actions, and what it is about', () => {
  for (const [name, template] of templates) {
    for (const [id, { Properties }] of resourcesOf(template, 'AWS::IAM::Policy')) {
      for (const { Effect, Action, Resource } of Properties.PolicyDocument.Statement) {
        assert.equal(Effect, 'Allow');
        for (const action of [Action].flat()) assert.doesNotMatch(action, /\*/, `${id} of ${name}`);
        // No resource can be named for these.
        if (['rekognition:CreateCollection', 'rekognition:DetectFaces'].includes(String(Action))) continue;
        for (const resource of [Resource].flat())
          assert.notEqual(resource, '*', `${Action} of ${id} of ${name}`);
      }
    }
  }
});

test('no role and no user has a managed policy', () => {
  for (const [, template] of templates) {
    for (const type of ['AWS::IAM::Role', 'AWS::IAM::User']) {
      for (const [id, { Properties }] of resourcesOf(template, type)) {
        assert.equal(Properties?.ManagedPolicyArns, undefined, id);
      }
    }
  }
});

test('each Lambda has a role of its own, which only Lambda may take', () => {
  const roles = resourcesOf(images, 'AWS::Lambda::Function').map(
    ([, { Properties }]) => Properties.Role['Fn::GetAtt'][0],
  );
  assert.equal(new Set(roles).size, lambdas.length);
  for (const role of roles) {
    const { Statement } = images.findResources('AWS::IAM::Role')[role]!.Properties.AssumeRolePolicyDocument;
    assert.deepEqual(Statement, [
      { Action: 'sts:AssumeRole', Effect: 'Allow', Principal: { Service: 'lambda.amazonaws.com' } },
    ]);
  }
});

test('each Lambda writes to its own log group and reads the one secret, but for the door, which needs none', () => {
  for (const lambda of lambdas) {
    const statements = statementsOf(images, lambda);
    const [logs] = allowing(statements, 'logs:PutLogEvents');
    assert.match(JSON.stringify(logs!.Resource), new RegExp(`"${lambda}Logs`));
    const [secret] = allowing(statements, 'secretsmanager:GetSecretValue');
    assert.equal(secret === undefined, lambda === 'Door');
    if (!secret) continue;
    assert.match(JSON.stringify(secret.Resource), /:secret:MusicalJoy\/bot-\?{6}"/);
  }
});

test('only the webhook reaches into every part of the table', () => {
  for (const lambda of ['Match', 'Tick', 'Pictures', 'Door', 'Setup', 'Producer']) {
    for (const statement of statementsOf(images, lambda)) {
      if (!JSON.stringify(statement.Action).includes('dynamodb:')) continue;
      const keys = statement.Condition?.['ForAllValues:StringLike']?.['dynamodb:LeadingKeys'] as string[];
      assert.ok(keys.length > 0, `${lambda}: ${statement.Action}`);
      assert.ok(!keys.some((key) => key.startsWith('*') || key.startsWith('CHAT')));
      // The tick tells the hosts of alarms, and the pictures of faces that nobody has named. And the tick looks whether
      // the host whose link it is still is one.
      const mayReadHosts =
        (['Tick', 'Pictures'].includes(lambda) && statement.Action === 'dynamodb:Query') ||
        (lambda === 'Tick' && statement.Action === 'dynamodb:GetItem');
      assert.ok(mayReadHosts || !keys.includes('HOSTS'), `${lambda}: ${statement.Action}`);
    }
  }
});

test('the match reads the one data stream, and nobody else does', () => {
  assert.deepEqual(actionsOf(allowing(statementsOf(images, 'Match'), 'kinesis:GetRecords')), [
    'kinesis:DescribeStream',
    'kinesis:DescribeStreamSummary',
    'kinesis:GetRecords',
    'kinesis:GetShardIterator',
    'kinesis:ListShards',
  ]);
  for (const lambda of ['Webhook', 'Tick', 'Pictures', 'Door', 'Setup']) {
    assert.doesNotMatch(actionsOf(statementsOf(images, lambda)).join(), /kinesis:/);
  }
});

test('whoever needs no stream processor may not touch one', () => {
  for (const lambda of ['Webhook', 'Match', 'Tick', 'Pictures', 'Door']) {
    for (const template of [images, asleep]) {
      assert.doesNotMatch(
        actionsOf(statementsOf(template, lambda)).join(),
        /StreamProcessor|kinesisvideo|PassRole/,
      );
    }
  }
  const may = (lambda: string) =>
    actionsOf(statementsOf(video, lambda)).filter((action) =>
      /StreamProcessor|kinesisvideo|PassRole/.test(action),
    );
  const starts = [
    'iam:PassRole',
    'kinesisvideo:DescribeStream',
    'rekognition:CreateStreamProcessor',
    'rekognition:DeleteStreamProcessor',
    'rekognition:DescribeStreamProcessor',
    'rekognition:StartStreamProcessor',
    'rekognition:StopStreamProcessor',
  ];
  assert.deepEqual(may('Webhook'), starts);
  // A start that takes longer than Telegram waits is the tick's.
  assert.deepEqual(may('Tick'), starts);
  assert.deepEqual(may('Pictures'), ['kinesisvideo:GetDataEndpoint', 'kinesisvideo:GetImages']);
  assert.deepEqual(may('Match'), []);
});

test('the pictures put a snapshot of the video, get those of the door, and keep what must wait', () => {
  const isOfWaiting = ({ Resource }: Statement) => JSON.stringify(Resource).includes('/snapshots/drawn/*');
  const isOfQuestions = ({ Resource }: Statement) => JSON.stringify(Resource).includes('/photos/*');
  const may = (template: typeof video) =>
    actionsOf(
      statementsOf(template, 'Pictures').filter(
        (statement) => !isOfWaiting(statement) && !isOfQuestions(statement),
      ),
    ).filter((action) => action.startsWith('s3:'));
  for (const template of [video, images, asleep]) {
    const waiting = actionsOf(statementsOf(template, 'Pictures').filter(isOfWaiting));
    // One of an unknown face that nobody need be asked about goes at once, and a recap's when it is sent.
    assert.deepEqual(waiting, ['s3:DeleteObject', 's3:GetObject', 's3:PutObject']);
    const asked = actionsOf(statementsOf(template, 'Pictures').filter(isOfQuestions));
    assert.deepEqual(asked, ['s3:GetObject']);
  }
  // A recap shows the pictures of the door once more, also while the house is asleep.
  assert.deepEqual(may(video), ['s3:GetObject', 's3:ListBucket', 's3:PutObject']);
  assert.deepEqual(may(images), ['s3:GetObject', 's3:ListBucket']);
  assert.deepEqual(may(asleep), ['s3:GetObject', 's3:ListBucket']);
});

test('the webhook finds what is lost by lists of what is there, and reads only photos, songs and kept faces', () => {
  for (const template of [video, images, asleep]) {
    const statements = statementsOf(template, 'Webhook');
    const [faces] = allowing(statements, 'rekognition:ListFaces');
    assert.match(JSON.stringify(faces!.Resource), /Collection/);
    const [list] = allowing(statements, 's3:ListBucket');
    assert.match(JSON.stringify(list!.Resource), /Bucket/);
    const [photos, cards, songs, ...rest] = allowing(statements, 's3:GetObject');
    assert.match(JSON.stringify(photos!.Resource), /\/photos\/\*/);
    assert.match(JSON.stringify(cards!.Resource), /\/snapshots\/drawn\/\*/);
    assert.match(JSON.stringify(songs!.Resource), /\/songs\/\*/);
    assert.deepEqual(rest, []);
  }
});

test('the door, whose URL is open to everybody, reads what a screen shows and does nothing else', () => {
  for (const template of [video, images, asleep]) {
    const may = statementsOf(template, 'Door').filter(
      ({ Action }) => !JSON.stringify(Action).includes('logs:'),
    );
    assert.deepEqual(
      may.map(({ Action, Condition }) => [
        Action,
        Condition?.['ForAllValues:StringLike']?.['dynamodb:LeadingKeys'],
      ]),
      [
        ['dynamodb:GetItem', ['SCREEN', 'PARTY', 'PEOPLE', 'SONGS']],
        ['dynamodb:Query', ['PARTY#*', 'PERSON#*']],
        ['s3:GetObject', undefined],
      ],
    );
    const objects = JSON.stringify(may.at(-1)!.Resource).match(/\/\w+\/\*/g);
    assert.deepEqual(objects, ['/photos/*', '/songs/*']);
  }
});

test('the webhook may pass one role, and to Rekognition alone', () => {
  const [pass] = allowing(statementsOf(video, 'Webhook'), 'iam:PassRole');
  assert.deepEqual(pass!.Condition, { StringEquals: { 'iam:PassedToService': 'rekognition.amazonaws.com' } });
  assert.match(JSON.stringify(pass!.Resource), /VideoProcessorRole/);
});

test('Rekognition’s role is for stream processors of this account alone: it reads one stream and writes one', () => {
  const [role] = resourcesOf(video, 'AWS::IAM::Role').filter(([id]) => id.startsWith('VideoProcessorRole'));
  const [trust] = role![1].Properties.AssumeRolePolicyDocument.Statement;
  assert.deepEqual(trust.Condition?.StringEquals, { 'aws:SourceAccount': { Ref: 'AWS::AccountId' } });
  assert.match(JSON.stringify(trust.Condition?.ArnLike), /:rekognition:.*:streamprocessor\/\*"/);
  assert.deepEqual(actionsOf(statementsOf(video, 'VideoProcessor')), [
    'kinesis:PutRecord',
    'kinesis:PutRecords',
    'kinesisvideo:GetDataEndpoint',
    'kinesisvideo:GetMedia',
  ]);
});

test('the producer reads the wish, writes the pulse, searches, records and puts snapshots; nothing else', () => {
  const statements = statementsOf(images, 'Producer').map(({ Action, Resource, Condition }) => ({
    Action,
    on: JSON.stringify(Resource).match(/"([A-Z][A-Za-z]+?)[0-9A-F]{8}"/)?.[1],
    keys: Condition?.['ForAllValues:StringLike']?.['dynamodb:LeadingKeys'],
  }));
  assert.deepEqual(statements, [
    { Action: 'dynamodb:GetItem', on: 'Table', keys: ['WISH'] },
    { Action: 'dynamodb:PutItem', on: 'Table', keys: ['PULSE'] },
    { Action: 'rekognition:SearchFacesByImage', on: 'Collection', keys: undefined },
    { Action: 'kinesis:PutRecord', on: 'DataStream', keys: undefined },
    { Action: 's3:PutObject', on: 'Bucket', keys: undefined },
  ]);
  const [put] = allowing(statementsOf(images, 'Producer'), 's3:PutObject');
  assert.match(JSON.stringify(put!.Resource), /"\/snapshots\/\*"/);
});

test('the producer’s user has no key in the template', () => {
  for (const [, template] of templates) {
    template.resourceCountIs('AWS::IAM::User', 1);
    template.resourceCountIs('AWS::IAM::AccessKey', 0);
  }
});

import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import { isDeepStrictEqual } from 'node:util';
import { Match, type Template } from 'aws-cdk-lib/assertions';
import { houses, resourcesOf, templateOf } from './synthesised.ts';

const images = templateOf(houses.images);
const video = templateOf(houses.video);
const asleep = templateOf(houses['video asleep']);

/** The one resource of a type. */
function only(template: Template, type: string) {
  const found = resourcesOf(template, type);
  assert.equal(found.length, 1, `there is one ${type}`);
  return found[0]![1];
}

test('the data stream has one provisioned shard, keeps a day, and is encrypted', () => {
  images.hasResource('AWS::Kinesis::Stream', {
    Properties: {
      ShardCount: 1,
      StreamModeDetails: { StreamMode: 'PROVISIONED' },
      RetentionPeriodHours: 24,
      StreamEncryption: { EncryptionType: 'KMS', KeyId: 'alias/aws/kinesis' },
    },
    DeletionPolicy: 'Delete',
  });
});

test('there is a video stream only where a stream processor recognises', () => {
  images.resourceCountIs('AWS::KinesisVideo::Stream', 0);
  video.hasResourceProperties('AWS::KinesisVideo::Stream', { DataRetentionInHours: 1 });
});

test('the table is paid for by use, cleans up by itself, and keeps no past that would hold what was forgotten', () => {
  const { Properties, DeletionPolicy, UpdateReplacePolicy } = only(images, 'AWS::DynamoDB::Table');
  assert.equal(Properties.BillingMode, 'PAY_PER_REQUEST');
  assert.deepEqual(Properties.TimeToLiveSpecification, { AttributeName: 'expiresAt', Enabled: true });
  assert.deepEqual(Properties.KeySchema, [
    { AttributeName: 'pk', KeyType: 'HASH' },
    { AttributeName: 'sk', KeyType: 'RANGE' },
  ]);
  assert.equal(Properties.PointInTimeRecoverySpecification, undefined);
  assert.equal(DeletionPolicy, 'Delete');
  assert.equal(UpdateReplacePolicy, 'Retain', 'a change that replaces it loses nobody');
});

test('the bucket is private, encrypted and without versions, and lets snapshots expire', () => {
  const { Properties } = only(images, 'AWS::S3::Bucket');
  assert.deepEqual(Properties.PublicAccessBlockConfiguration, {
    BlockPublicAcls: true,
    BlockPublicPolicy: true,
    IgnorePublicAcls: true,
    RestrictPublicBuckets: true,
  });
  assert.deepEqual(Properties.BucketEncryption.ServerSideEncryptionConfiguration, [
    { ServerSideEncryptionByDefault: { SSEAlgorithm: 'AES256' } },
  ]);
  assert.deepEqual(Properties.OwnershipControls, { Rules: [{ ObjectOwnership: 'BucketOwnerEnforced' }] });
  assert.equal(Properties.VersioningConfiguration, undefined);
  assert.equal(Properties.BucketName, undefined, 'no name that another house in the world may have');
  const [snapshots, uploads] = Properties.LifecycleConfiguration.Rules;
  assert.deepEqual(
    [snapshots.Prefix, snapshots.ExpirationInDays, snapshots.Status],
    ['snapshots/', 7, 'Enabled'],
  );
  assert.deepEqual(uploads.AbortIncompleteMultipartUpload, { DaysAfterInitiation: 1 });
});

test('bucket, topics and queues refuse everyone who does not come over TLS', () => {
  const insecure = Match.objectLike({
    Effect: 'Deny',
    Principal: Match.anyValue(),
    Condition: { Bool: { 'aws:SecureTransport': 'false' } },
  });
  const withDenial = { PolicyDocument: { Statement: Match.arrayWith([insecure]) } };
  images.allResourcesProperties('AWS::S3::BucketPolicy', withDenial);
  images.allResourcesProperties('AWS::SNS::TopicPolicy', withDenial);
  images.allResourcesProperties('AWS::SQS::QueuePolicy', withDenial);
  for (const [guarded, policy] of [
    ['AWS::S3::Bucket', 'AWS::S3::BucketPolicy'],
    ['AWS::SNS::Topic', 'AWS::SNS::TopicPolicy'],
    ['AWS::SQS::Queue', 'AWS::SQS::QueuePolicy'],
  ] as const) {
    assert.equal(resourcesOf(images, guarded).length, resourcesOf(images, policy).length, policy);
  }
});

test('the bucket goes with the stack once it is emptied, or stays with all that is in it if the host chose so', () => {
  const kept = templateOf({ ...houses.images, deletePicturesOnDestroy: false });

  assert.equal(only(images, 'AWS::S3::Bucket').DeletionPolicy, 'Delete');
  assert.equal(only(images, 'Custom::MusicalJoySetup').Properties.EmptyBucket, 'true');
  // A first deployment that fails leaves none behind either way.
  assert.equal(only(kept, 'AWS::S3::Bucket').DeletionPolicy, 'RetainExceptOnCreate');
  assert.equal(only(kept, 'Custom::MusicalJoySetup').Properties.EmptyBucket, 'false');
});

test('names of guests go through an encrypted topic, and alarms through one that CloudWatch can write to', () => {
  images.hasResourceProperties('AWS::SNS::Topic', {
    DisplayName: 'Musical Joy',
    KmsMasterKeyId: 'alias/aws/sns',
  });
  images.hasResourceProperties('AWS::SNS::Topic', {
    DisplayName: 'Musical Joy alarms',
    KmsMasterKeyId: Match.absent(),
  });
});

test('the dead-letter queues are encrypted and keep what they have for two weeks', () => {
  images.resourceCountIs('AWS::SQS::Queue', 2);
  images.allResourcesProperties('AWS::SQS::Queue', {
    SqsManagedSseEnabled: true,
    MessageRetentionPeriod: 1_209_600,
  });
});

test('each Lambda runs on Node 24 for arm64, within the time that its leases allow, and where none can be spared with all the concurrency there is', () => {
  const functions = resourcesOf(images, 'AWS::Lambda::Function').map(([, { Properties }]) => Properties);

  assert.deepEqual(Object.fromEntries(functions.map((it) => [it.FunctionName, it.Timeout])), {
    'MusicalJoy-webhook': 55,
    'MusicalJoy-match': 30,
    'MusicalJoy-tick': 30,
    'MusicalJoy-pictures': 60,
    'MusicalJoy-door': 30,
    'MusicalJoy-setup': 300,
  });
  for (const it of functions) {
    assert.equal(it.Runtime, 'nodejs24.x');
    assert.deepEqual(it.Architectures, ['arm64']);
    assert.equal(it.ReservedConcurrentExecutions, undefined);
  }
});

test('webhook, match and door have concurrency of their own where the account has enough to spare', () => {
  const reserving = templateOf({ ...houses.images, reserveConcurrency: true });
  const reserved = resourcesOf(reserving, 'AWS::Lambda::Function').map(([, { Properties }]) => [
    Properties.FunctionName,
    Properties.ReservedConcurrentExecutions,
  ]);
  assert.deepEqual(Object.fromEntries(reserved), {
    'MusicalJoy-webhook': 5,
    'MusicalJoy-match': 2,
    'MusicalJoy-tick': undefined,
    'MusicalJoy-pictures': undefined,
    'MusicalJoy-door': 10,
    'MusicalJoy-setup': undefined,
  });
  assert.equal(reserving.toJSON().Outputs.ConcurrencyReserved.Value, 'true');
  // What the host reads of it.
  const page = readFileSync(new URL('../../docs/aws.md', import.meta.url), 'utf8');
  assert.match(
    page,
    /gives the webhook five of its own, the match two and the screen at the door,[^;]*, ten;/,
  );
});

test('each Lambda has a log group that forgets after a month and goes with the stack', () => {
  const groups = resourcesOf(images, 'AWS::Logs::LogGroup');
  assert.equal(groups.length, 6);
  for (const [, { Properties, DeletionPolicy }] of groups) {
    assert.equal(Properties.RetentionInDays, 30);
    assert.equal(DeletionPolicy, 'Delete');
  }
});

test('Telegram reaches the webhook, and a browser the door, by both permissions that a function URL needs; nothing else is public', () => {
  images.hasResourceProperties('AWS::Lambda::Url', { AuthType: 'NONE' });
  const open = resourcesOf(images, 'AWS::Lambda::Permission')
    .map(([, { Properties }]) => Properties)
    .filter(({ Principal }) => Principal === '*');
  const urls = resourcesOf(images, 'AWS::Lambda::Url');
  assert.deepEqual(urls.map(([id]) => id.replace(/Function.*/, '')).sort(), ['Door', 'Webhook']);
  assert.equal(open.length, 2 * urls.length);
  for (const [, { Properties }] of urls) {
    const to = open.filter(({ FunctionName }) =>
      isDeepStrictEqual(FunctionName, Properties.TargetFunctionArn),
    );
    assert.deepEqual(
      to.map(({ FunctionName: _, Principal: __, ...rest }) => rest),
      [
        { Action: 'lambda:InvokeFunctionUrl', FunctionUrlAuthType: 'NONE' },
        { Action: 'lambda:InvokeFunction', InvokedViaFunctionUrl: true },
      ],
    );
  }
});

test('the event source mapping reads no backlog, waits for nothing, and gives up on a batch after a minute', () => {
  const { Properties } = only(images, 'AWS::Lambda::EventSourceMapping');
  const { EventSourceArn: _, FunctionName: __, DestinationConfig, ...settings } = Properties;
  assert.deepEqual(settings, {
    StartingPosition: 'LATEST',
    BatchSize: 100,
    MaximumBatchingWindowInSeconds: 0,
    BisectBatchOnFunctionError: true,
    FunctionResponseTypes: ['ReportBatchItemFailures'],
    MaximumRetryAttempts: 3,
    MaximumRecordAgeInSeconds: 60,
  });
  assert.match(JSON.stringify(DestinationConfig.OnFailure), /MatchDeadLetters/);
});

test('a job for pictures is tried three times and then set aside', () => {
  const { Properties } = only(images, 'AWS::Lambda::EventInvokeConfig');
  assert.equal(Properties.MaximumRetryAttempts, 2);
  assert.equal(Properties.MaximumEventAgeInSeconds, 600);
  assert.match(JSON.stringify(Properties.DestinationConfig.OnFailure), /PicturesDeadLetters/);
});

test('the tick comes every minute', () => {
  images.hasResourceProperties('AWS::Events::Rule', {
    ScheduleExpression: 'rate(1 minute)',
    State: 'ENABLED',
  });
});

test('no template holds the bot’s token: the secret is known by its name', () => {
  for (const template of [images, video, asleep]) {
    template.resourceCountIs('AWS::SecretsManager::Secret', 0);
    for (const [, { Properties }] of resourcesOf(template, 'AWS::Lambda::Function')) {
      assert.equal(Properties.Environment.Variables.BOT_SECRET_ID, 'MusicalJoy/bot');
    }
    assert.deepEqual(Object.keys(template.toJSON().Parameters), ['BootstrapVersion']);
  }
});

test('the setup comes after everything and goes before everything', () => {
  for (const template of [images, video, asleep]) {
    const { DependsOn, Properties } = only(template, 'Custom::MusicalJoySetup');
    const others = Object.keys(template.toJSON().Resources).filter((id) => !id.startsWith('SetupResource'));
    assert.deepEqual([...DependsOn!].sort(), others.sort());
    assert.match(JSON.stringify(Properties.ServiceToken), /SetupFunction/);
    assert.equal(Properties.BotSecretId, 'MusicalJoy/bot');
  }
});

test('the setup runs again when its code is new', () => {
  const { Version } = only(images, 'Custom::MusicalJoySetup').Properties;
  const setup = resourcesOf(images, 'AWS::Lambda::Function').find(([id]) => id.startsWith('Setup'));
  assert.equal(Version, setup![1].Properties.Code.S3Key);
});

test('asleep, nothing is left that costs by the hour or runs by itself', () => {
  for (const type of [
    'AWS::Kinesis::Stream',
    'AWS::KinesisVideo::Stream',
    'AWS::Lambda::EventSourceMapping',
    'AWS::Events::Rule',
  ]) {
    asleep.resourceCountIs(type, 0);
  }
  const kept = [
    'AWS::DynamoDB::Table',
    'AWS::S3::Bucket',
    'AWS::Rekognition::Collection',
    'AWS::Lambda::Url',
  ];
  for (const type of kept) {
    assert.deepEqual(resourcesOf(asleep, type), resourcesOf(video, type), `${type} stays as it is`);
  }
});

test('a house is told by its outputs, and what sleeps is not among them', () => {
  const always = [
    'WebhookUrl',
    'DoorUrl',
    'TableName',
    'BucketName',
    'CollectionId',
    'BotSecretName',
    'ArrivalsTopicArn',
    'AlarmsTopicArn',
    'ProducerUserName',
    'MatchDeadLettersUrl',
    'PicturesDeadLettersUrl',
    'WebhookFunctionName',
    'MatchFunctionName',
    'TickFunctionName',
    'PicturesFunctionName',
    'SetupFunctionName',
    'Recognition',
    'Asleep',
    'ConcurrencyReserved',
  ];
  const told = (template: Template) => Object.keys(template.toJSON().Outputs).sort();
  assert.deepEqual(told(asleep), [...always].sort());
  assert.deepEqual(told(images), [...always, 'DataStreamName', 'MatchEventSourceMappingId'].sort());
  assert.deepEqual(
    told(video),
    [...always, 'DataStreamName', 'MatchEventSourceMappingId', 'VideoStreamName'].sort(),
  );
  assert.equal(asleep.toJSON().Outputs.Asleep.Value, 'true');
  assert.equal(asleep.toJSON().Outputs.Recognition.Value, 'video');
});

test('two houses in one account share no name', () => {
  const names = (template: Template) =>
    Object.values(
      template.toJSON().Resources as Record<string, { Properties?: Record<string, unknown> }>,
    ).flatMap(({ Properties = {} }) =>
      [
        'FunctionName',
        'LogGroupName',
        'Name',
        'CollectionId',
        'BucketName',
        'TableName',
        'UserName',
        'RoleName',
      ]
        .map((name) => Properties[name])
        .filter((name) => typeof name === 'string'),
    );
  for (const name of names(video)) assert.match(name as string, /\bMusicalJoy-/);
});

test('a budget sends mail when the account comes near an amount, passes it, or is about to; without one nothing is sent', () => {
  const budget = { dollars: 20, mail: 'me@example.com' };
  const template = templateOf({ ...houses['images asleep'], budget });
  const { Budget, NotificationsWithSubscribers } = only(template, 'AWS::Budgets::Budget').Properties;
  assert.deepEqual(Budget.BudgetLimit, { Amount: 20, Unit: 'USD' });
  const told = JSON.stringify(NotificationsWithSubscribers);
  for (const threshold of [
    '"ACTUAL","Threshold":50',
    '"ACTUAL","Threshold":100',
    '"FORECASTED","Threshold":100',
  ])
    assert.ok(told.includes(threshold), told);
  assert.equal(told.split(`"Address":"${budget.mail}"`).length - 1, 3);
  const { BudgetDollars, BudgetMail } = template.toJSON().Outputs;
  assert.deepEqual([BudgetDollars.Value, BudgetMail.Value], ['20', budget.mail]);
  images.resourceCountIs('AWS::Budgets::Budget', 0);
});

import assert from 'node:assert/strict';
import { writeFile } from 'node:fs/promises';
import path from 'node:path';
import { type TestContext, test } from 'node:test';
import { DeleteTableCommand, DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { CreateAccessKeyCommand, IAMClient } from '@aws-sdk/client-iam';
import { ListStreamProcessorsCommand, RekognitionClient } from '@aws-sdk/client-rekognition';
import { ListObjectsV2Command, S3Client } from '@aws-sdk/client-s3';
import {
  GetSecretValueCommand,
  PutSecretValueCommand,
  SecretsManagerClient,
} from '@aws-sdk/client-secrets-manager';
import { createPatientApi } from '../../bot/webhook.ts';
import { createCustomResource } from '../../lambdas/setup/custom-resource.ts';
import { patience } from '../../lambdas/setup/tear-down.ts';
import { createSetup } from '../../lambdas/setup.ts';
import { startAwsServer } from '../../local/aws/server.ts';
import { credentials, names } from '../../local/environment.ts';
import { Setups } from '../../party/stores/setups.ts';
import { openStand, type Stand, standToken } from '../local/telegram/stand.ts';
import { openBotHouse } from '../support/bot-house.ts';
import { openCloudFormation } from '../support/cloudformation.ts';
import { emptyFolder } from '../support/folder.ts';
import { iamWith } from '../support/stack/iam.ts';

const context = { getRemainingTimeInMillis: () => 60_000 };
const producer = 'MusicalJoy-Producer';
const music = Buffer.from('a carol');

/** A house whose bot leads nowhere yet, and the setup of its stack. */
async function openSetup(t: TestContext) {
  const house = await openBotHouse(t);
  await house.stand.api.deleteWebhook();
  // A former edition had one menu for all.
  await house.stand.api.setMyCommands([{ command: 'help', description: 'How this works' }]);
  const cloudFormation = await openCloudFormation(t);
  const folder = await emptyFolder();
  const file = path.join(folder, 'jingle-bells-0123456789.mp3');
  await writeFile(file, music);
  const carol = { id: 'jingle-bells', title: 'Jingle Bells', performer: 'Musical Joy' };
  const recording = { carol, path: file, seconds: 54.97, contentType: 'audio/mpeg', fileName: 'jb.mp3' };
  const s3 = new S3Client();
  const rekognition = new RekognitionClient();
  const secrets = new SecretsManagerClient();
  const users = iamWith([producer]);
  const { url, close } = await startAwsServer({ port: 0, services: [users.service], credentials });
  t.after(close);
  const iam = new IAMClient({ endpoint: url });
  /** Where else a bot is, by its token. */
  const stands = new Map<string, Stand>();
  const work = createSetup(async () => ({
    ...house.services,
    setups: new Setups(house.services.table),
    carols: async () => [recording],
    secrets,
    rekognition,
    s3,
    iam,
    patience,
    api: (token) => createPatientApi(token, (stands.get(token) ?? house.stand).root),
  }));
  const handler = createCustomResource(work, house.services.log);
  const properties = {
    WebhookUrl: house.webhookUrl,
    BotSecretId: names.secret,
    BucketName: names.bucket,
    EmptyBucket: 'true',
    ProducerUserName: producer,
    VideoStreamName: names.videoStream,
    Version: '1',
  };
  return {
    house,
    ...house.stand,
    stands,
    properties,
    cloudFormation,
    iam,
    producersKeys: () => users.keysOf(producer),
    /** Makes an event and delivers it twice. @returns the answer to both, which must be the same */
    async twice(...args: Parameters<typeof cloudFormation.event>) {
      const event = cloudFormation.event(...args);
      await handler(event, context);
      await handler(event, context);
      const [first, second] = cloudFormation.answered.slice(-2);
      assert.deepEqual(second, first);
      const { Status: status, Reason: reason = '', PhysicalResourceId: id } = first!.answer;
      return { status, reason, id };
    },
    webhook: async () => (await house.stand.api.getWebhookInfo()).url,
    keys: async () => {
      const { Contents = [] } = await s3.send(new ListObjectsV2Command({ Bucket: names.bucket }));
      return Contents.map(({ Key }) => Key);
    },
    processors: async () => (await rekognition.send(new ListStreamProcessorsCommand({}))).StreamProcessors,
    /** The secret's version that is current. */
    version: async () =>
      (await secrets.send(new GetSecretValueCommand({ SecretId: names.secret }))).VersionId ?? '',
    changeToken: (token: string) =>
      secrets.send(
        new PutSecretValueCommand({
          SecretId: names.secret,
          SecretString: JSON.stringify({ ...house.secret, token }),
        }),
      ),
  };
}

const succeeded = { status: 'SUCCESS', reason: '' };

test('a creation connects the bot and brings the carols, however often the event comes', async (t) => {
  const { twice, properties, api, house, cloudFormation } = await openSetup(t);

  const { id, ...answer } = await twice('Create', properties);

  assert.deepEqual(answer, succeeded);
  const { url, allowed_updates, max_connections } = await api.getWebhookInfo();
  assert.equal(url, properties.WebhookUrl);
  assert.deepEqual(allowed_updates, [
    'message',
    'edited_message',
    'callback_query',
    'my_chat_member',
    'chat_join_request',
  ]);
  assert.equal(max_connections, 1);
  assert.deepEqual(await api.getMyCommands(), [], 'strangers get no menu');
  const [carol] = await house.services.songs.carols();
  assert.equal(carol?.title, 'Jingle Bells');
  assert.equal(carol?.duration, 55);
  assert.deepEqual(Buffer.from(await house.services.storage.get(carol?.key ?? '')), music);
  await house.host.say(house.host.bot, '/help');
  await house.host.waitForMessage(({ text }) => text !== undefined);

  const [{ method, contentType } = {}] = cloudFormation.answered;
  assert.equal(method, 'PUT');
  assert.equal(contentType, undefined, 'the address was signed without one');
  assert.match(id, /^setup-/);
});

test('an update sets up again what has changed, keeps its id, and does nothing when nothing has', async (t) => {
  const { twice, properties, api, webhook, telegram } = await openSetup(t);
  const { id } = await twice('Create', properties);
  await api.deleteWebhook();

  const old = { ...properties, Version: '0' };
  assert.deepEqual(await twice('Update', properties, { id, old }), { ...succeeded, id });
  assert.equal(await webhook(), properties.WebhookUrl);

  const again = telegram.faults.always('*', { status: 401 });
  assert.deepEqual(await twice('Update', properties, { id }), { ...succeeded, id });
  again();
});

test('a creation with a wrong token fails and says so, and is rolled back without a trouble', async (t) => {
  const { twice, properties, changeToken, webhook } = await openSetup(t);
  await changeToken('4200000001:WRONG_token-of_the-bot');

  const { id, ...answer } = await twice('Create', properties);
  assert.equal(answer.status, 'FAILED');
  assert.match(answer.reason, /does not know the token/);

  assert.equal((await twice('Delete', properties, { id })).status, 'SUCCESS');
  assert.equal(await webhook(), '');
});

test('a token that was changed counts with the next update', async (t) => {
  const { twice, properties, changeToken } = await openSetup(t);
  const { id } = await twice('Create', properties);
  await changeToken('4200000001:WRONG_token-of_the-bot');
  const old = { ...properties, Version: '0' };
  assert.equal((await twice('Update', properties, { id, old })).status, 'FAILED');
  await changeToken(standToken);
  assert.equal((await twice('Update', properties, { id, old })).status, 'SUCCESS');
});

test('with another bot’s token in a new version of the secret, the webhook is that bot’s, and a roll-back undoes it', async (t) => {
  const { twice, properties, changeToken, version, webhook, stands } = await openSetup(t);
  const first = { ...properties, BotSecretVersion: await version() };
  const { id } = await twice('Create', first);
  const token = '4200000002:TEST_token-of_another-bot';
  const other = await openStand(t, { token });
  stands.set(token, other);
  await changeToken(token);
  const second = { ...properties, BotSecretVersion: await version() };

  assert.equal((await twice('Update', second, { id, old: first })).status, 'SUCCESS');
  assert.equal((await other.api.getWebhookInfo()).url, properties.WebhookUrl);
  assert.deepEqual(await other.api.getMyCommands(), []);
  assert.equal(await webhook(), '', 'the former bot sends no updates any more');

  assert.equal((await twice('Update', first, { id, old: second })).status, 'SUCCESS');
  assert.equal(await webhook(), properties.WebhookUrl);
  assert.equal((await other.api.getWebhookInfo()).url, '');
});

test('a new token of the same bot keeps its webhook', async (t) => {
  const { twice, properties, changeToken, version, webhook } = await openSetup(t);
  const first = { ...properties, BotSecretVersion: await version() };
  const { id } = await twice('Create', first);
  await changeToken(standToken);
  const second = { ...properties, BotSecretVersion: await version() };
  assert.notEqual(second.BotSecretVersion, first.BotSecretVersion);

  assert.equal((await twice('Update', second, { id, old: first })).status, 'SUCCESS');
  assert.equal(await webhook(), properties.WebhookUrl);
});

test('a former bot that is no more, or whose token is not kept any more, holds up no update', async (t) => {
  const { twice, properties, changeToken, version, webhook } = await openSetup(t);
  const { id } = await twice('Create', properties);
  await changeToken('4200000003:TEST_token-of_no-bot-any-more');
  const gone = { ...properties, BotSecretVersion: await version() };
  await changeToken(standToken);
  const now = { ...properties, BotSecretVersion: await version() };

  assert.equal((await twice('Update', now, { id, old: gone })).status, 'SUCCESS');
  const forgotten = { ...properties, BotSecretVersion: 'no-such-version-of-this-very-secret' };
  assert.equal((await twice('Update', now, { id, old: forgotten })).status, 'SUCCESS');
  assert.equal(await webhook(), properties.WebhookUrl);
});

test('a deletion takes away webhook, stream processor, the producer’s keys and all that is in the bucket', async (t) => {
  const { twice, properties, house, webhook, keys, processors, iam, producersKeys } = await openSetup(t);
  const { id } = await twice('Create', properties);
  await house.services.collection.ensure();
  await house.services.recognition.start();
  assert.equal((await processors())?.[0]?.Status, 'RUNNING');
  await house.services.storage.put('photos/anna/1.jpg', Buffer.from('x'), 'image/jpeg');
  for (let key = 0; key < 2; key++) await iam.send(new CreateAccessKeyCommand({ UserName: producer }));
  assert.equal(producersKeys().length, 2);

  assert.deepEqual(await twice('Delete', properties, { id }), { ...succeeded, id });

  assert.equal(await webhook(), '');
  assert.deepEqual(await processors(), []);
  assert.deepEqual(producersKeys(), []);
  assert.deepEqual(await keys(), []);
});

test('an update to another recognition, or to sleep, removes the stream processor that was left', async (t) => {
  const { twice, properties, house, processors } = await openSetup(t);
  const { id } = await twice('Create', properties);
  await house.services.collection.ensure();
  await house.services.recognition.start();
  const { VideoStreamName: _, ...images } = properties;

  assert.deepEqual(await twice('Update', images, { id, old: properties }), { ...succeeded, id });

  assert.deepEqual(await processors(), []);
});

test('a bucket that the host keeps stays as it is, and a stream processor that no video needs is not looked for', async (t) => {
  const { twice, properties, keys } = await openSetup(t);
  const { VideoStreamName: _, ...images } = { ...properties, EmptyBucket: 'false' };
  const { id } = await twice('Create', images);
  assert.deepEqual(await twice('Delete', images, { id }), { ...succeeded, id });
  assert.deepEqual(await keys(), ['songs/jingle-bells-0123456789.mp3']);
});

test('a revoked token does not keep a house from being deleted', async (t) => {
  const { twice, properties, telegram, keys, house } = await openSetup(t);
  const { id } = await twice('Create', properties);
  telegram.faults.always('*', { status: 401 });

  const { status, reason } = await twice('Delete', properties, { id });

  assert.equal(status, 'SUCCESS');
  assert.match(reason, /^Not done: The webhook was not removed: .*token/);
  assert.deepEqual(await keys(), []);
  assert.ok(!house.logged.some((line) => line.includes(standToken)));
});

test('a house of which nothing is left is deleted', async (t) => {
  const { twice, properties } = await openSetup(t);
  await new DynamoDBClient().send(new DeleteTableCommand({ TableName: names.table }));
  const gone = { ...properties, BotSecretId: 'nowhere', BucketName: 'nowhere', VideoStreamName: 'nowhere' };
  Object.assign(gone, { ProducerUserName: 'nobody' });

  const { status, reason } = await twice('Delete', gone, { id: 'setup-of-before' });

  assert.equal(status, 'SUCCESS');
  assert.match(reason, /secret/);
  assert.doesNotMatch(reason, /access keys/);
});

test('properties that are not right fail a creation, and no deletion', async (t) => {
  const { twice, properties } = await openSetup(t);
  const broken = { ...properties, WebhookUrl: 'nowhere', EmptyBucket: 'perhaps' };
  const created = await twice('Create', broken);
  assert.equal(created.status, 'FAILED');
  assert.match(created.reason, /WebhookUrl: .+; EmptyBucket: /);
  assert.equal((await twice('Delete', broken, created)).status, 'SUCCESS');
});

test('a bot that was sent somewhere else since then stays there', async (t) => {
  const { twice, properties, api, webhook } = await openSetup(t);
  const { id } = await twice('Create', properties);
  await api.setWebhook('http://127.0.0.1:9/elsewhere');
  assert.deepEqual(await twice('Delete', properties, { id }), { ...succeeded, id });
  assert.equal(await webhook(), 'http://127.0.0.1:9/elsewhere');
});

for (const [what, goes] of [
  ['the one of before goes', 0],
  ['the new one goes, in a rollback', 1],
] as const) {
  test(`of two setups of one house the other one is left all: ${what}`, async (t) => {
    const { twice, properties, webhook, keys } = await openSetup(t);
    const ids = [(await twice('Create', properties)).id, (await twice('Create', properties)).id];

    const { status, reason } = await twice('Delete', properties, { id: ids[goes]! });
    assert.equal(status, 'SUCCESS');
    assert.match(reason, /Another setup/);
    assert.equal(await webhook(), properties.WebhookUrl);
    assert.equal((await keys()).length, 1);

    await twice('Delete', properties, { id: ids[1 - goes]! });
    assert.equal(await webhook(), '');
    assert.deepEqual(await keys(), []);
  });
}

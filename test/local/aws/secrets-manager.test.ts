import assert from 'node:assert/strict';
import { statSync } from 'node:fs';
import { join } from 'node:path';
import { type TestContext, test } from 'node:test';
import {
  CreateSecretCommand,
  DeleteSecretCommand,
  type DeleteSecretCommandInput,
  DescribeSecretCommand,
  GetSecretValueCommand,
  InvalidParameterException,
  InvalidRequestException,
  PutSecretValueCommand,
  ResourceExistsException,
  ResourceNotFoundException,
  RestoreSecretCommand,
  SecretsManagerClient,
} from '@aws-sdk/client-secrets-manager';
import { Secrets } from '../../../local/aws/secrets.ts';
import { secretsManagerService } from '../../../local/aws/secrets-manager.ts';
import { emptyFolder } from '../../support/folder.ts';
import { serve } from './serve.ts';

async function start(t: TestContext, folder?: string) {
  const own = folder ?? (await emptyFolder());
  const options = await serve(t, secretsManagerService(new Secrets(own)));
  const client = new SecretsManagerClient(options);
  t.after(() => client.destroy());
  const create = (SecretString?: string) =>
    client.send(new CreateSecretCommand({ Name: 'joy/bot', SecretString, Description: 'the bot' }));
  const get = (SecretId: string | undefined, VersionStage?: string) =>
    client.send(new GetSecretValueCommand({ SecretId, VersionStage }));
  return { folder: own, client, create, get };
}

test('a secret is created once and read by its name, its ARN, or most of that', async (t) => {
  const { create, get } = await start(t);
  const { ARN } = await create('{"token":"1:a"}');
  assert.match(ARN ?? '', /^arn:aws:secretsmanager:us-east-1:000000000000:secret:joy\/bot-\w{6}$/);
  for (const id of ['joy/bot', ARN, ARN?.slice(0, -7)]) {
    const { SecretString, VersionStages, Name } = await get(id);
    assert.equal(SecretString, '{"token":"1:a"}');
    assert.deepEqual(VersionStages, ['AWSCURRENT']);
    assert.equal(Name, 'joy/bot');
  }
  await assert.rejects(create('another'), ResourceExistsException);
  await assert.rejects(create(), InvalidParameterException);
  await assert.rejects(get('joy/other'), ResourceNotFoundException);
});

test('a new value is current, the one before it stays readable, and both outlive a restart', async (t) => {
  const { folder, client, create, get } = await start(t);
  await create('one');
  await assert.rejects(get('joy/bot', 'AWSPREVIOUS'), ResourceNotFoundException);
  await client.send(new PutSecretValueCommand({ SecretId: 'joy/bot', SecretString: 'two' }));
  const Bytes = Buffer.from([0, 255, 1]);
  await client.send(new PutSecretValueCommand({ SecretId: 'joy/bot', SecretBinary: Bytes }));
  const again = await start(t, folder);
  const current = await again.get('joy/bot');
  assert.deepEqual(Buffer.from(current.SecretBinary ?? []), Bytes);
  assert.equal(current.SecretString, undefined);
  assert.equal((await again.get('joy/bot', 'AWSPREVIOUS')).SecretString, 'two');

  const description = await again.client.send(new DescribeSecretCommand({ SecretId: 'joy/bot' }));
  assert.equal(description.Description, 'the bot');
  assert.deepEqual(description.VersionIdsToStages?.[current.VersionId ?? ''], ['AWSCURRENT']);
});

test('a value sent twice with one token is one version, and a token is not for two values', async (t) => {
  const { client, create, get } = await start(t);
  await create('one');
  const ClientRequestToken = 'a-token-of-at-least-32-characters';
  const put = (SecretString: string) =>
    client.send(new PutSecretValueCommand({ SecretId: 'joy/bot', SecretString, ClientRequestToken }));
  await put('two');
  assert.equal((await put('two')).VersionId, ClientRequestToken);
  assert.equal((await get('joy/bot', 'AWSPREVIOUS')).SecretString, 'one');
  await assert.rejects(put('three'), ResourceExistsException);
});

test('a version that is to wait, and a name that no secret can have, are refused', async (t) => {
  const { client, create, get } = await start(t);
  await create('one');
  const waiting = { SecretId: 'joy/bot', SecretString: 'two', VersionStages: ['AWSPENDING'] };
  await assert.rejects(client.send(new PutSecretValueCommand(waiting)), InvalidRequestException);
  assert.equal((await get('joy/bot')).SecretString, 'one');
  const named = new CreateSecretCommand({ Name: 'joy bot', SecretString: 'x' });
  await assert.rejects(client.send(named), { name: 'ValidationException', message: /^Invalid name/ });
});

test('a secret is deleted at once, and its name is free again', async (t) => {
  const { client, folder, create, get } = await start(t);
  await create('one');
  await client.send(new DeleteSecretCommand({ SecretId: 'joy/bot', ForceDeleteWithoutRecovery: true }));
  await assert.rejects(get('joy/bot'), ResourceNotFoundException);
  assert.equal(new Secrets(folder).find('joy/bot'), undefined);
  await create('two');
  assert.equal((await get('joy/bot')).SecretString, 'two');
});

test('a secret that is to be deleted keeps its name and hides its value, until it is restored or gone', async (t) => {
  const { client, folder, create } = await start(t);
  await create('one');
  const remove = (options: Partial<DeleteSecretCommandInput> = {}) =>
    client.send(new DeleteSecretCommand({ SecretId: 'joy/bot', ...options }));
  for (const wrong of [
    { RecoveryWindowInDays: 6 },
    { RecoveryWindowInDays: 7, ForceDeleteWithoutRecovery: true },
  ])
    await assert.rejects(remove(wrong), InvalidParameterException);
  const { DeletionDate } = await remove({ RecoveryWindowInDays: 7 });
  const days = (Number(DeletionDate) - Date.now()) / 86_400_000;
  assert.ok(days > 6.9 && days <= 7, `${days} days`);

  const again = await start(t, folder);
  const refused = [() => again.get('joy/bot'), () => again.create('two'), () => remove()];
  for (const ask of refused) await assert.rejects(ask(), InvalidRequestException);
  const describe = new DescribeSecretCommand({ SecretId: 'joy/bot' });
  assert.deepEqual((await again.client.send(describe)).DeletedDate, DeletionDate);
  await again.client.send(new RestoreSecretCommand({ SecretId: 'joy/bot' }));
  assert.equal((await again.get('joy/bot')).SecretString, 'one');
  assert.equal((await again.client.send(describe)).DeletedDate, undefined);

  await again.client.send(new DeleteSecretCommand({ SecretId: 'joy/bot' }));
  await again.client.send(new DeleteSecretCommand({ SecretId: 'joy/bot', ForceDeleteWithoutRecovery: true }));
  await assert.rejects(again.get('joy/bot'), ResourceNotFoundException);
  await again.create('two');
});

test('a secret is gone when its days are over', async (t) => {
  const { folder, create } = await start(t);
  await create('one');
  const secrets = new Secrets(folder);
  await secrets.schedule(secrets.find('joy/bot')!, Date.now() - 1);
  assert.equal(new Secrets(folder).find('joy/bot'), undefined);
});

test('only the owner can read the file', {
  skip: process.platform === 'win32' && 'needs file modes',
}, async (t) => {
  const { folder, create } = await start(t);
  await create('one');
  assert.equal(statSync(join(folder, 'secrets-manager', 'secrets.json')).mode & 0o777, 0o600);
  assert.equal(statSync(join(folder, 'secrets-manager')).mode & 0o777, 0o700);
});

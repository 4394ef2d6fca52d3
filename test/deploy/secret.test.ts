import assert from 'node:assert/strict';
import { describe, type TestContext, test } from 'node:test';
import {
  DeleteSecretCommand,
  DescribeSecretCommand,
  GetSecretValueCommand,
  SecretsManagerClient,
} from '@aws-sdk/client-secrets-manager';
import { findSecret, keepSecret } from '../../deploy/chat/secret.ts';
import { credentials } from '../../local/environment.ts';
import { standToken } from '../local/telegram/stand.ts';
import { type Cloud, openCloud } from './cloud.ts';
import { run, runUntil } from './command.ts';
import { region } from './command-environment.ts';

const secretId = 'MusicalJoy/bot';
const kept = { token: standToken, webhookSecret: 'w'.repeat(32), claimCode: 'c'.repeat(16) };

/** A house whose secret somebody deleted in the console: it is gone in thirty days. */
async function openForgetfulHouse(
  t: TestContext,
  cloudformation: string,
): Promise<{ cloud: Cloud; secrets: SecretsManagerClient }> {
  const cloud = await openCloud(t, { cloudformation });
  const endpoint = cloud.environment.AWS_ENDPOINT_URL!;
  const secrets = new SecretsManagerClient({ endpoint, region, credentials });
  t.after(() => secrets.destroy());
  await cloud.keepSecret(kept);
  await secrets.send(new DeleteSecretCommand({ SecretId: secretId }));
  return { cloud, secrets };
}

describe('a secret that was deleted by hand and is still waiting for its end', () => {
  test('is taken back by deploy, with all that was in it', async (t) => {
    const { cloud, secrets } = await openForgetfulHouse(t, 'unchanged');
    const stdout = await runUntil(cloud, /Building the Lambdas/, ['deploy', '--yes']);
    assert.match(stdout, /The secret MusicalJoy\/bot had been deleted.*it is taken back/);
    assert.deepEqual(await cloud.secret(), kept);
    assert.equal(
      (await secrets.send(new DescribeSecretCommand({ SecretId: secretId }))).DeletedDate,
      undefined,
    );
    assert.ok(!stdout.includes(standToken));
    assert.deepEqual(cloud.recorded.unanswered, []);
  });

  test('is deleted by destroy for good, at once', async (t) => {
    const { cloud, secrets } = await openForgetfulHouse(t, 'asleep');
    const { code, stdout, stderr } = await run(cloud, ['destroy', '--yes', '--pictures', 'keep']);
    assert.equal(code, 0, stdout + stderr);
    assert.match(stdout, /The secret MusicalJoy\/bot was deleted\./);
    await assert.rejects(secrets.send(new DescribeSecretCommand({ SecretId: secretId })), {
      name: 'ResourceNotFoundException',
    });
  });

  test('is all that destroy finds of a house that is long gone, and deletes', async (t) => {
    const { cloud, secrets } = await openForgetfulHouse(t, 'none');
    const { code, stdout, stderr } = await run(cloud, ['destroy', '--yes', '--pictures', 'keep']);
    assert.equal(code, 0, stdout + stderr);
    assert.match(stdout, /The secret MusicalJoy\/bot was deleted\.\nMusicalJoy is gone\./);
    await assert.rejects(secrets.send(new DescribeSecretCommand({ SecretId: secretId })), {
      name: 'ResourceNotFoundException',
    });
  });

  test('is named by the doctor, who says what to do', async (t) => {
    const { cloud } = await openForgetfulHouse(t, 'awake');
    const { code, stdout } = await run(cloud, ['doctor']);
    assert.equal(code, 1);
    assert.match(
      stdout,
      /✗ secret .*was deleted, and is waiting for its end\n.*npm run deploy takes it back/,
    );
  });
});

describe('a secret that was deleted for good, and is not yet gone', () => {
  const open = async (t: TestContext) => {
    const cloud = await openCloud(t, { cloudformation: 'none' });
    const secrets = new SecretsManagerClient({
      endpoint: cloud.environment.AWS_ENDPOINT_URL!,
      region,
      credentials,
      maxAttempts: 1,
    });
    t.after(() => secrets.destroy());
    await cloud.keepSecret(kept);
    return secrets;
  };

  test('is waited for, for its name is taken until then', async (t) => {
    const secrets = await open(t);
    await secrets.send(new DeleteSecretCommand({ SecretId: secretId }));
    // As soon as the name was refused once, the old one is gone.
    let refused = 0;
    secrets.middlewareStack.add(
      (next, context) => async (args) => {
        try {
          return await next(args);
        } catch (error) {
          if (context.commandName === 'CreateSecretCommand' && refused++ === 0)
            await secrets.send(
              new DeleteSecretCommand({ SecretId: secretId, ForceDeleteWithoutRecovery: true }),
            );
          throw error;
        }
      },
      { step: 'initialize' },
    );
    let told = 0;
    const { secret } = await keepSecret(
      secrets,
      'MusicalJoy',
      { token: standToken },
      undefined,
      () => told++,
    );
    assert.deepEqual([refused, told], [1, 1]);
    assert.notEqual(secret.claimCode, kept.claimCode);
    const { SecretString } = await secrets.send(new GetSecretValueCommand({ SecretId: secretId }));
    assert.deepEqual(JSON.parse(SecretString ?? ''), secret);
  });

  test('is none that could be taken back', async (t) => {
    const secrets = await open(t);
    await secrets.send(new DeleteSecretCommand({ SecretId: secretId }));
    secrets.middlewareStack.add(
      (next, context) => async (args) => {
        if (context.commandName === 'RestoreSecretCommand')
          await secrets.send(
            new DeleteSecretCommand({ SecretId: secretId, ForceDeleteWithoutRecovery: true }),
          );
        return await next(args);
      },
      { step: 'initialize' },
    );
    assert.equal(await findSecret(secrets, 'MusicalJoy', () => assert.fail('restored')), undefined);
  });
});

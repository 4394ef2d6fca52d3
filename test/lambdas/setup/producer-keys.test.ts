import assert from 'node:assert/strict';
import { test } from 'node:test';
import {
  CreateAccessKeyCommand,
  DeleteAccessKeyCommand,
  IAMClient,
  NoSuchEntityException,
} from '@aws-sdk/client-iam';
import { deleteKeysOf } from '../../../lambdas/setup/producer-keys.ts';
import { startAwsServer } from '../../../local/aws/server.ts';
import { credentials } from '../../../local/environment.ts';
import { iamWith } from '../../support/stack/iam.ts';

const user = 'MusicalJoy-Producer';
const region = 'eu-central-1';

test('a key that somebody else deletes meanwhile does not keep the other one', async (t) => {
  const users = iamWith([user]);
  const server = await startAwsServer({ port: 0, services: [users.service], credentials });
  t.after(() => server.close());
  const [iam, others] = [0, 1].map(() => new IAMClient({ endpoint: server.url, region, credentials }));
  for (let key = 0; key < 2; key++) await iam!.send(new CreateAccessKeyCommand({ UserName: user }));
  const [first = ''] = users.keysOf(user);
  let refused: unknown;
  iam!.middlewareStack.add(
    (next, { commandName }) =>
      async (args) => {
        if (commandName === 'DeleteAccessKeyCommand' && users.keysOf(user).includes(first))
          await others!.send(new DeleteAccessKeyCommand({ UserName: user, AccessKeyId: first }));
        return next(args).catch((error: unknown) => {
          refused ??= error;
          throw error;
        });
      },
    { step: 'initialize' },
  );

  await deleteKeysOf(iam!, user, AbortSignal.timeout(60_000));

  assert.ok(refused instanceof NoSuchEntityException);
  assert.deepEqual(users.keysOf(user), []);
});

test('a user that is gone has no keys', async (t) => {
  const users = iamWith([]);
  const server = await startAwsServer({ port: 0, services: [users.service], credentials });
  t.after(() => server.close());
  const iam = new IAMClient({ endpoint: server.url, region, credentials });
  await deleteKeysOf(iam, user, AbortSignal.timeout(60_000));
});

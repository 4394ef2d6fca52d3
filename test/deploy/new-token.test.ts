import assert from 'node:assert/strict';
import { test } from 'node:test';
import { LambdaClient } from '@aws-sdk/client-lambda';
import { useNewToken } from '../../deploy/chat/new-token.ts';
import { credentials } from '../../local/environment.ts';
import { openStand, TOKEN } from '../local/telegram/stand.ts';
import { openCloud, region } from './cloud.ts';

test('with another bot’s token, the house is that bot’s: webhook, commands, and functions that start afresh', async (t) => {
  const cloud = await openCloud(t);
  const token = '4200000002:TEST_token-of_another-bot';
  const other = await openStand(t, { token });
  const lambda = new LambdaClient({
    endpoint: cloud.environment.AWS_ENDPOINT_URL_LAMBDA!,
    region,
    credentials,
  });
  t.after(() => lambda.destroy());
  const secret = { token, webhookSecret: 'w'.repeat(32), claimCode: 'c'.repeat(16) };
  const functions = ['MusicalJoy-webhook', 'MusicalJoy-tick'];
  await useNewToken(lambda, {
    secret,
    old: TOKEN,
    webhookUrl: cloud.webhookUrl,
    functions,
    apiRoot: other.root,
  });

  const info = await other.api.getWebhookInfo();
  assert.equal(info.url, cloud.webhookUrl);
  assert.equal(info.max_connections, 1);
  assert.ok((await other.api.getMyCommands()).length > 0);
  const { asked } = cloud.recorded;
  assert.deepEqual(
    asked.map(({ operation, input }) => [operation, input.FunctionName]),
    functions.map((name) => ['UpdateFunctionConfiguration', name]),
  );
  for (const { body } of asked)
    assert.ok(!body.includes(token.split(':')[1]!), 'the description has no token');
});

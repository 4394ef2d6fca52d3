import assert from 'node:assert/strict';
import { test } from 'node:test';
import { GetSecretValueCommand, SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import { startAwsServer } from '../../../local/aws/server.ts';
import type { Service } from '../../../local/aws/service.ts';
import { clientOptions, localCredentials } from './clients.ts';

const day = 24 * 3_600_000;
const service: Service = {
  name: 'Secrets Manager',
  signingName: 'secretsmanager',
  accepts: () => true,
  answer: async () => ({ status: 200, body: '{"SecretString":"s"}' }),
};

for (const ahead of [600_000, day, -day]) {
  test(`AWS with a clock that is ${ahead / 1000} s ahead dates its answers by it, and clients that follow are let in`, async (t) => {
    const now = () => Date.now() + ahead;
    const aws = await startAwsServer({ port: 0, credentials: localCredentials, services: [service], now });
    t.after(() => aws.close());
    const client = new SecretsManagerClient(clientOptions(aws));
    t.after(() => client.destroy());
    const dates: string[] = [];
    client.middlewareStack.add(
      (next) => async (args) => {
        const answer = await next(args);
        dates.push((answer.response as { headers: Record<string, string> }).headers.date!);
        return answer;
      },
      { step: 'deserialize', priority: 'low' },
    );
    // The first is signed by the machine's clock, the next ones by that of the answer.
    for (let call = 0; call < 3; call++) await client.send(new GetSecretValueCommand({ SecretId: 's' }));
    for (const date of dates) assert.ok(Math.abs(Date.parse(date) - now()) < 10_000, date);
    assert.equal(dates.length, 3);
    assert.ok(Math.abs(client.config.systemClockOffset - ahead) < 10_000, 'the client follows');
  });
}

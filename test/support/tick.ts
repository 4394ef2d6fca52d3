import assert from 'node:assert/strict';
import { InvokeCommand, LambdaClient } from '@aws-sdk/client-lambda';

/** What the schedule does every minute. */
export async function tick(): Promise<void> {
  const { FunctionError, Payload } = await new LambdaClient().send(
    new InvokeCommand({ FunctionName: 'tick' }),
  );
  assert.equal(FunctionError, undefined, Buffer.from(Payload ?? []).toString());
}

import { DescribeTableCommand, DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { callOptions } from '../call-options.ts';

/**
 * This computer's clock less AWS's, in milliseconds, by the `Date` of one of AWS's answers: to the second, and less
 * half of the time that the answer took.
 *
 * @returns undefined when the answer had none
 */
export async function clockOffset(TableName: string, now = Date.now): Promise<number | undefined> {
  const client = new DynamoDBClient(callOptions());
  let date: string | undefined;
  client.middlewareStack.add(
    (next) => async (args) => {
      const result = await next(args);
      date = (result.response as { readonly headers?: Record<string, string> }).headers?.date;
      return result;
    },
    { step: 'deserialize', priority: 'low' },
  );
  const before = now();
  await client.send(new DescribeTableCommand({ TableName }));
  const after = now();
  if (date === undefined) return undefined;
  // The header leaves out the fraction of a second: on average half of one.
  return Math.round((before + after) / 2 - (Date.parse(date) + 500));
}

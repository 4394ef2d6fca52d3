import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import { second } from '../../party/clock.ts';
import type { AwsClock } from './aws-clock.ts';

/** How clients wait. A router that drops what it is sent answers never. */
export const requestHandler = {
  connectionTimeout: 3 * second,
  requestTimeout: 5 * second,
  throwOnRequestTimeout: true,
} as const;

/** The table's client, from whose answers the clock learns. */
export function connectTable(
  place: { readonly region: string; readonly endpoint?: string },
  clock: AwsClock,
): { readonly dynamoDb: DynamoDBClient; readonly documents: DynamoDBDocumentClient } {
  const dynamoDb = new DynamoDBClient({ ...place, maxAttempts: 3, requestHandler });
  clock.listenTo(dynamoDb);
  const documents = DynamoDBDocumentClient.from(dynamoDb, {
    marshallOptions: { removeUndefinedValues: true },
  });
  return { dynamoDb, documents };
}

import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { DynamoDBDocumentClient, paginateScan } from '@aws-sdk/lib-dynamodb';
import type { Services } from '../../party/services.ts';
import type { Key } from '../../party/stores/table.ts';

/**
 * Gives back all that was claimed and never done when the program last ended: what the last run was at when it was
 * killed goes on at once, and nobody waits for its leases to end.
 *
 * To be called before anything of this run can claim. The folder's lock says that whoever held these claims is gone;
 * on AWS nobody can know that, and the leases end by themselves.
 */
export async function giveBackFormerClaims({
  claims,
  config,
  now,
}: Pick<Services, 'claims' | 'config' | 'now'>): Promise<void> {
  const client = DynamoDBDocumentClient.from(new DynamoDBClient());
  const pages = paginateScan(
    { client },
    {
      TableName: config.TABLE_NAME,
      ConsistentRead: true,
      FilterExpression: 'claim = :claimed AND leaseEnds > :now',
      ExpressionAttributeValues: { ':claimed': 'claimed', ':now': now() },
      ProjectionExpression: 'pk, sk',
    },
  );
  for await (const { Items = [] } of pages) {
    for (const key of Items as Key[]) await claims.giveBack(key, now());
  }
}

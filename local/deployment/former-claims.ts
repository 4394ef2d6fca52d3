import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { DynamoDBDocumentClient, paginateScan } from '@aws-sdk/lib-dynamodb';
import { pendingPartition } from '../../party/outbox/message.ts';
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
  table,
  config,
  now,
}: Pick<Services, 'claims' | 'table' | 'config' | 'now'>): Promise<void> {
  const client = DynamoDBDocumentClient.from(new DynamoDBClient());
  const pages = paginateScan(
    { client },
    {
      TableName: config.TABLE_NAME,
      ConsistentRead: true,
      // Messages that somebody was sending, and whose turn it was in a chat, besides.
      FilterExpression:
        '(claim = :claimed AND leaseEnds > :now) OR (pk = :pending AND notBefore > :now) OR turnEnds > :now',
      ExpressionAttributeValues: { ':claimed': 'claimed', ':pending': pendingPartition, ':now': now() },
      ProjectionExpression: 'pk, sk, turnEnds',
    },
  );
  for await (const { Items = [] } of pages) {
    for (const { turnEnds, ...key } of Items as Array<Key & { readonly turnEnds?: number }>) {
      if (turnEnds !== undefined) await table.update(key, 'REMOVE #turnEnds', {}, 'attribute_exists(#pk)');
      else if (key.pk === pendingPartition)
        await table.update(key, 'SET #notBefore = :now', { now: now() }, 'attribute_exists(#pk)');
      else await claims.giveBack(key, now());
    }
  }
}

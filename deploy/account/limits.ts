import { DescribeLimitsCommand, type KinesisClient } from '@aws-sdk/client-kinesis';
import { GetAccountSettingsCommand, type LambdaClient } from '@aws-sdk/client-lambda';
import { limitText } from './limits.text.ts';

/** What an account may have, as far as the house comes near it. */
export interface Limits {
  /** How many invocations may run at once, in the whole account. */
  readonly concurrency: number;
  /** Of these, what other functions have not reserved for themselves. */
  readonly unreserved: number;
  readonly shards: number;
  readonly openShards: number;
}

/** The webhook, the match, the tick, the door's screen, and two pictures at once. A new account may run ten. */
const needed = 6;

/** What webhook, match and door reserve together (infra/functions). */
const reserved = 17;
/** Lambda keeps so much for all other functions ("Configuring reserved concurrency"). */
const leftForOthers = 100;

/**
 * Whether the house can have concurrency of its own.
 *
 * @param hasReserved whether it has already, so that it is not among what is unreserved
 */
export const canReserve = ({ unreserved }: Limits, hasReserved: boolean): boolean =>
  unreserved + (hasReserved ? reserved : 0) >= leftForOthers + reserved;

/** The limits that hold for this account: the services themselves are asked, not what they give by default. */
export async function readLimits(clients: {
  readonly lambda: Pick<LambdaClient, 'send'>;
  readonly kinesis: Pick<KinesisClient, 'send'>;
}): Promise<Limits> {
  const [{ AccountLimit }, { ShardLimit = 0, OpenShardCount = 0 }] = await Promise.all([
    clients.lambda.send(new GetAccountSettingsCommand()),
    clients.kinesis.send(new DescribeLimitsCommand()),
  ]);
  const { ConcurrentExecutions: concurrency = 0, UnreservedConcurrentExecutions: unreserved = concurrency } =
    AccountLimit ?? {};
  return { concurrency, unreserved, shards: ShardLimit, openShards: OpenShardCount };
}

/**
 * What does not fit, in words; nothing when all does.
 *
 * @param hasShard whether the house has its shard already
 */
export function tooLittle(limits: Limits, hasShard: boolean): string[] {
  const words: string[] = [];
  if (limits.unreserved < needed) words.push(limitText.concurrency(limits.unreserved, needed));
  if (!hasShard && limits.openShards >= limits.shards) words.push(limitText.shards(limits.shards));
  return words;
}

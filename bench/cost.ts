import type { Figure } from './figure.ts';

/**
 * Prices in US dollars, us-east-1, first tiers and no free ones, as AWS's price lists were quoted from 2023 to 2026;
 * compare them with AWS's own pages before you rely on them.
 */
export const price = {
  search: 0.001,
  shardHour: 0.015,
  putUnit: 0.014 / 1e6,
  lambdaRequest: 0.2 / 1e6,
  lambdaGbSecond: 0.0000133334,
  tableRead: 0.125 / 1e6,
  tableWrite: 0.625 / 1e6,
  s3Put: 0.005 / 1000,
} as const;

/** A party, as far as it costs something. */
export interface PartySize {
  readonly hours: number;
  readonly guests: number;
  /** Searches that a guest takes until named. */
  readonly callsPerGuest: number;
  /** How often each guest passes the door again, long enough after to be searched anew. */
  readonly returns: number;
  /** People whom nobody knows: neighbours, couriers, the household's visitors. */
  readonly strangers: number;
}

/** What a stranger costs at the most who comes once: the budget of a track. */
const callsPerStranger = 4;

/** What a party by images costs, part by part, in US dollars. */
export function partyCost({ hours, guests, callsPerGuest, returns, strangers }: PartySize): Figure[] {
  const seconds = hours * 3600;
  const calls = guests * (1 + returns) * callsPerGuest + strangers * callsPerStranger;
  // A record for each search at the most, and one every 2.5 s as a proof that the door is watched.
  const records = calls + seconds / 2.5;
  // The event source mapping hands each over by itself; each run reads the party and writes until when it was watched.
  const runs = records;
  const parts: Array<readonly [string, number]> = [
    ['face searches', calls * price.search],
    ['the shard', hours * price.shardHour],
    ['records put', records * price.putUnit],
    ['Lambda, match', runs * (price.lambdaRequest + 0.1 * 0.5 * price.lambdaGbSecond)],
    [
      'Lambda, tick, pictures and chat',
      (hours * 60 + guests * 4) * (price.lambdaRequest + 1 * price.lambdaGbSecond),
    ],
    ['DynamoDB, the wish read', (seconds / 3) * price.tableRead],
    ['DynamoDB, the pulse', (seconds / 5) * price.tableWrite],
    [
      'DynamoDB, match and arrivals',
      runs * (2 * price.tableRead + price.tableWrite) + guests * 10 * price.tableWrite,
    ],
    ['S3, snapshots', calls * price.s3Put],
  ];
  const total = parts.reduce((sum, [, dollars]) => sum + dollars, 0);
  return [...parts, ['in all', total] as const].map(([part, value]) => ({
    name: `${hours} h, ${guests} guests: ${part}`,
    value,
    unit: '$',
  }));
}

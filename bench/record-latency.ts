import {
  GetRecordsCommand,
  GetShardIteratorCommand,
  KinesisClient,
  ListShardsCommand,
} from '@aws-sdk/client-kinesis';
import { credentials, names } from '../local/environment.ts';
import { frameTime } from '../party/record/frame-time.ts';
import { parseRecord } from '../party/record/record.ts';

/**
 * How long after its frame each record came onto the data stream, milliseconds, in the records' order.
 *
 * @param aws the address of AWS on this machine
 */
export async function recordLatencies(aws: string): Promise<number[]> {
  const client = new KinesisClient({ endpoint: aws, region: names.region, credentials });
  const { Shards = [] } = await client.send(new ListShardsCommand({ StreamName: names.dataStream }));
  const [shard] = Shards;
  const { ShardIterator: first } = await client.send(
    new GetShardIteratorCommand({
      StreamName: names.dataStream,
      ShardId: shard?.ShardId,
      ShardIteratorType: 'TRIM_HORIZON',
    }),
  );
  const latencies: number[] = [];
  for (let ShardIterator = first; ShardIterator; ) {
    const page = await client.send(new GetRecordsCommand({ ShardIterator }));
    for (const { Data, ApproximateArrivalTimestamp: came } of page.Records ?? [])
      latencies.push(came!.getTime() - frameTime(parseRecord(Data!)).time);
    ShardIterator = page.MillisBehindLatest === 0 ? undefined : page.NextShardIterator;
  }
  client.destroy();
  return latencies;
}

import * as kinesis from '@aws-sdk/client-kinesis';
import { arn } from '../arn.ts';
import { AwsError } from '../protocol/aws-error.ts';
import type { Constraint, Constraints } from '../protocol/constraints.ts';
import { jsonRpcService } from '../protocol/json-rpc.ts';
import type { Service } from '../service.ts';
import type { DataStream } from './data-stream.ts';
import type { DataStreams, KnownStream } from './data-streams.ts';
import type { StreamRecord } from './segment.ts';
import { beforeFirst, isSequenceNumber, precedingSequenceNumber } from './sequence-number.ts';
import { placeOf, shardIterator } from './shard-iterator.ts';

/** The only shard of every stream here. */
export const shardId = 'shardId-000000000000';

const name: Constraint = { length: [1, 128], pattern: /[a-zA-Z0-9_.-]+/ };
const token: Constraint = { length: [1, 1_048_576] };
const page: Constraint = { range: [1, 10_000] };

/** Limits of botocore's model of kinesis, 2013-12-02. */
const constraints: Constraints = {
  StreamName: name,
  StreamARN: { length: [1, 2048], pattern: /arn:aws.*:kinesis:.*:\d{12}:stream\/\S+/ },
  ExclusiveStartStreamName: name,
  ShardId: name,
  ExclusiveStartShardId: name,
  ShardCount: { range: [1, Number.MAX_SAFE_INTEGER] },
  PartitionKey: { required: true, length: [1, 256] },
  // The model allows 10 MiB, for streams whose MaxRecordSizeInKiB was raised from its default.
  Data: { length: [0, 1_048_576] },
  'PutRecords.Records': { length: [1, 500] },
  Limit: page,
  MaxResults: page,
  NextToken: token,
  ShardIterator: { length: [1, 512] },
  ShardIteratorType: { oneOf: Object.values(kinesis.ShardIteratorType) },
  StartingSequenceNumber: { pattern: /0|([1-9]\d{0,128})/ },
};

/** Names a stream as clients may: by name or by ARN. */
interface StreamReference {
  readonly StreamName?: string | undefined;
  readonly StreamARN?: string | undefined;
}

/** Kinesis Data Streams over the streams of this machine; `now` is the clock, in epoch milliseconds. */
export function kinesisService(streams: DataStreams, now: () => number = Date.now): Service {
  const known = (reference: StreamReference): KnownStream => findStream(streams, reference);

  return jsonRpcService<typeof kinesis>({
    name: 'Kinesis',
    signingName: 'kinesis',
    prefix: 'Kinesis_20131202',
    client: kinesis,
    constraints,
    operations: {
      CreateStream: async ({ StreamName = '' }) => {
        if (streams.find(StreamName)) {
          throw new AwsError('ResourceInUseException', `Stream ${StreamName} already exists.`);
        }
        await streams.ensure(StreamName);
        return {};
      },
      DeleteStream: async (input) => {
        await streams.delete(known(input).stream.name);
        return {};
      },
      ListStreams: async (input) => {
        const after = input.NextToken ?? input.ExclusiveStartStreamName ?? '';
        const names = streams.names().filter((name) => name > after);
        const StreamNames = names.slice(0, input.Limit ?? 100);
        const HasMoreStreams = names.length > StreamNames.length;
        return { StreamNames, HasMoreStreams, ...(HasMoreStreams && { NextToken: StreamNames.at(-1) }) };
      },
      DescribeStream: async (input) => ({
        StreamDescription: {
          ...description(known(input)),
          HasMoreShards: false,
          Shards: shardsAfter(input.ExclusiveStartShardId),
        },
      }),
      DescribeStreamSummary: async (input) => ({
        StreamDescriptionSummary: { ...description(known(input)), OpenShardCount: 1, ConsumerCount: 0 },
      }),
      ListShards: async (input) => {
        known(input);
        return { Shards: shardsAfter(input.ExclusiveStartShardId) };
      },
      PutRecord: async (input) =>
        written(known(input).stream.put(input.PartitionKey ?? '', input.Data ?? empty)),
      PutRecords: async (input) => {
        const { stream } = known(input);
        const records = input.Records ?? [];
        return {
          FailedRecordCount: 0,
          Records: records.map((record) =>
            written(stream.put(record.PartitionKey ?? '', record.Data ?? empty)),
          ),
        };
      },
      GetShardIterator: async (input) => {
        const { stream } = known(input);
        if (input.ShardId !== shardId) {
          throw new AwsError(
            'ResourceNotFoundException',
            `Shard ${input.ShardId} in stream ${stream.name} not found.`,
          );
        }
        return {
          ShardIterator: shardIterator({ stream: stream.name, after: startOf(stream, input) }, now()),
        };
      },
      GetRecords: async ({ ShardIterator = '', Limit = 10_000 }) => {
        const place = placeOf(ShardIterator, now());
        const { stream } = known({ StreamName: place.stream });
        const records = stream.read(place.after, { records: Limit });
        const after = records.at(-1)?.sequenceNumber ?? place.after;
        const [next] = stream.read(after, { records: 1 });
        return {
          Records: records.map(asRecord),
          NextShardIterator: shardIterator({ stream: stream.name, after }, now()),
          MillisBehindLatest: next ? Math.max(0, now() - next.arrivedAt) : 0,
        };
      },
    },
  });
}

const empty = new Uint8Array();

const shard = {
  ShardId: shardId,
  HashKeyRange: { StartingHashKey: '0', EndingHashKey: String(2n ** 128n - 1n) },
  SequenceNumberRange: { StartingSequenceNumber: beforeFirst },
};

function shardsAfter(start = '') {
  return start < shardId ? [shard] : [];
}

/** The ARN of a data stream. */
export function dataStreamArn(name: string): string {
  return arn('kinesis', `stream/${name}`);
}

function findStream(streams: DataStreams, { StreamName, StreamARN }: StreamReference): KnownStream {
  const name = StreamName ?? StreamARN?.split(':stream/')[1];
  if (!name) throw new AwsError('InvalidArgumentException', 'Either StreamName or StreamARN must be given.');
  const found = streams.find(name);
  if (found) return found;
  throw new AwsError('ResourceNotFoundException', `Stream ${name} not found.`);
}

function description({ stream, createdAt }: KnownStream) {
  return {
    StreamName: stream.name,
    StreamARN: dataStreamArn(stream.name),
    StreamStatus: 'ACTIVE' as const,
    StreamModeDetails: { StreamMode: 'PROVISIONED' as const },
    RetentionPeriodHours: stream.retentionMs / 3_600_000,
    StreamCreationTimestamp: createdAt,
    EnhancedMonitoring: [],
    EncryptionType: 'NONE' as const,
  };
}

function startOf(stream: DataStream, input: kinesis.GetShardIteratorInput): string {
  switch (input.ShardIteratorType) {
    case 'LATEST':
      return stream.latest;
    case 'TRIM_HORIZON':
      return beforeFirst;
    case 'AT_TIMESTAMP':
      if (!input.Timestamp) throw new AwsError('InvalidArgumentException', 'AT_TIMESTAMP needs a Timestamp.');
      return stream.positionBefore(input.Timestamp.getTime());
    default: {
      const number = input.StartingSequenceNumber ?? '';
      if (!isSequenceNumber(number)) {
        throw new AwsError(
          'InvalidArgumentException',
          `StartingSequenceNumber '${number}' is not one of this shard.`,
        );
      }
      return input.ShardIteratorType === 'AT_SEQUENCE_NUMBER' ? precedingSequenceNumber(number) : number;
    }
  }
}

function written(record: StreamRecord): { SequenceNumber: string; ShardId: string } {
  return { SequenceNumber: record.sequenceNumber, ShardId: shardId };
}

function asRecord(record: StreamRecord) {
  return {
    SequenceNumber: record.sequenceNumber,
    PartitionKey: record.partitionKey,
    Data: record.data,
    ApproximateArrivalTimestamp: new Date(record.arrivedAt),
    EncryptionType: 'NONE' as const,
  };
}

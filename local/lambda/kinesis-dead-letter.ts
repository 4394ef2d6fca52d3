import type { StreamRecord } from '../aws/kinesis/segment.ts';
import { dataStreamArn, shardId } from '../aws/kinesis/service.ts';
import { functionArn, type InvocationResult } from './functions.ts';
import type { GivenUp } from './kinesis-batch.ts';

/** Records that were given up. */
export interface LostRecords {
  readonly streamName: string;
  readonly functionName: string;
  /** At least one. */
  readonly records: readonly StreamRecord[];
  readonly why: GivenUp;
  /** Invocations for just these records. */
  readonly invocations: number;
  /** The last invocation there was. */
  readonly lastResult: InvocationResult | undefined;
}

/**
 * What Lambda sends to an on-failure destination of a stream ("Retain discarded batch records for a Kinesis
 * Data Streams event source"): where the records are, not what they say.
 */
export function kinesisDeadLetter(lost: LostRecords): object {
  const { records, why, invocations } = lost;
  const first = records[0] as StreamRecord;
  const last = records.at(-1) as StreamRecord;
  const result = invocations > 0 ? lost.lastResult : undefined;
  return {
    requestContext: {
      requestId: result?.requestId,
      functionArn: functionArn(lost.functionName),
      condition: why,
      approximateInvokeCount: invocations,
    },
    ...(result && {
      responseContext: {
        statusCode: 200,
        executedVersion: '$LATEST',
        functionError: result.functionError,
      },
    }),
    version: '1.0',
    timestamp: new Date().toISOString(),
    KinesisBatchInfo: {
      shardId,
      startSequenceNumber: first.sequenceNumber,
      endSequenceNumber: last.sequenceNumber,
      approximateArrivalOfFirstRecord: new Date(first.arrivedAt).toISOString(),
      approximateArrivalOfLastRecord: new Date(last.arrivedAt).toISOString(),
      batchSize: records.length,
      streamArn: dataStreamArn(lost.streamName),
    },
  };
}

import type { KinesisStreamEvent } from 'aws-lambda';
import { localAccount, localRegion } from '../aws/arn.ts';
import type { StreamRecord } from '../aws/kinesis/segment.ts';
import { dataStreamArn, shardId } from '../aws/kinesis/service.ts';

/** The event that Lambda makes of a batch of records ("Using Lambda with Kinesis"). */
export function kinesisEvent(streamName: string, records: readonly StreamRecord[]): KinesisStreamEvent {
  return {
    Records: records.map((record) => ({
      kinesis: {
        kinesisSchemaVersion: '1.0',
        partitionKey: record.partitionKey,
        sequenceNumber: record.sequenceNumber,
        data: record.data.toString('base64'),
        approximateArrivalTimestamp: record.arrivedAt / 1000,
      },
      eventSource: 'aws:kinesis',
      eventVersion: '1.0',
      eventID: `${shardId}:${record.sequenceNumber}`,
      eventName: 'aws:kinesis:record',
      invokeIdentityArn: `arn:aws:iam::${localAccount}:role/local`,
      awsRegion: localRegion,
      eventSourceARN: dataStreamArn(streamName),
    })),
  };
}

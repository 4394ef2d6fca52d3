import { Duration, RemovalPolicy } from 'aws-cdk-lib';
import { Stream, StreamEncryption, StreamMode } from 'aws-cdk-lib/aws-kinesis';
import type { Construct } from 'constructs';
import { nameInStack } from './naming.ts';

/**
 * The Kinesis data stream of face-search records. One provisioned shard: it takes 1,000 records a second and keeps
 * them in order, and costs a third of a stream on demand that stands idle.
 */
export class DataStream extends Stream {
  constructor(scope: Construct, id: string) {
    super(scope, id, {
      // Named, for a stream that comes back from sleep has to be found by what knew it before.
      streamName: nameInStack(scope, 'sightings'),
      streamMode: StreamMode.PROVISIONED,
      shardCount: 1,
      retentionPeriod: Duration.hours(24),
      encryption: StreamEncryption.MANAGED,
      removalPolicy: RemovalPolicy.DESTROY,
    });
  }
}

import { CloudWatchClient, DescribeAlarmsCommand } from '@aws-sdk/client-cloudwatch';
import { CloudWatchLogsClient, DescribeLogGroupsCommand } from '@aws-sdk/client-cloudwatch-logs';
import { DynamoDBClient, ListTablesCommand } from '@aws-sdk/client-dynamodb';
import { EventBridgeClient, ListRulesCommand } from '@aws-sdk/client-eventbridge';
import { KinesisVideoClient, ListStreamsCommand } from '@aws-sdk/client-kinesis-video';
import {
  ListCollectionsCommand,
  ListStreamProcessorsCommand,
  RekognitionClient,
} from '@aws-sdk/client-rekognition';
import { ListBucketsCommand, S3Client } from '@aws-sdk/client-s3';
import { ListSecretsCommand, SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import { ListTopicsCommand, SNSClient } from '@aws-sdk/client-sns';
import { ListQueuesCommand, SQSClient } from '@aws-sdk/client-sqs';
import { callOptions } from '../call-options.ts';
import { CommandError } from '../errors.ts';
import type { Recognition } from '../option-values.ts';
import { refusalText } from './refusals.text.ts';
import { isNotActivated } from './refusals.ts';

/** One call of each service that nothing else here asks before the host is asked: it reads a name or two, or none. */
const looks: Readonly<Record<string, () => Promise<unknown>>> = {
  CloudWatch: () => new CloudWatchClient(callOptions()).send(new DescribeAlarmsCommand({ MaxRecords: 1 })),
  'CloudWatch Logs': () =>
    new CloudWatchLogsClient(callOptions()).send(new DescribeLogGroupsCommand({ limit: 1 })),
  DynamoDB: () => new DynamoDBClient(callOptions()).send(new ListTablesCommand({ Limit: 1 })),
  EventBridge: () => new EventBridgeClient(callOptions()).send(new ListRulesCommand({ Limit: 1 })),
  Rekognition: () => new RekognitionClient(callOptions()).send(new ListCollectionsCommand({ MaxResults: 1 })),
  S3: () => new S3Client(callOptions()).send(new ListBucketsCommand({ MaxBuckets: 1 })),
  'Secrets Manager': () =>
    new SecretsManagerClient(callOptions()).send(new ListSecretsCommand({ MaxResults: 1 })),
  SNS: () => new SNSClient(callOptions()).send(new ListTopicsCommand()),
  SQS: () => new SQSClient(callOptions()).send(new ListQueuesCommand({ MaxResults: 1 })),
};

const looksOfVideo: typeof looks = {
  'Kinesis Video Streams': () =>
    new KinesisVideoClient(callOptions()).send(new ListStreamsCommand({ MaxResults: 1 })),
  'Rekognition’s streaming video': () =>
    new RekognitionClient(callOptions()).send(new ListStreamProcessorsCommand({ MaxResults: 1 })),
};

/**
 * Sees that every service that the house needs is open to this account: one that is new, or never gave a way to pay,
 * is let into some and not into others. Whoever may make a house need not be allowed to read these lists; that, and a
 * service that does not answer just now, is for the deployment to find.
 *
 * @throws CommandError that names the services
 */
export async function checkActivation(recognition: Recognition): Promise<void> {
  const all = Object.entries(recognition === 'video' ? { ...looks, ...looksOfVideo } : looks);
  const answers = await Promise.allSettled(all.map(([, look]) => look()));
  const closed = all.filter((_, index) => {
    const answer = answers[index];
    return answer?.status === 'rejected' && isNotActivated(answer.reason);
  });
  if (closed.length > 0) throw new CommandError(refusalText.notActivated(closed.map(([name]) => name)));
}

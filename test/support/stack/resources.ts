import { CreateTableCommand, DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { CreateStreamCommand, KinesisClient } from '@aws-sdk/client-kinesis';
import {
  CreateStreamCommand as CreateVideoStreamCommand,
  KinesisVideoClient,
} from '@aws-sdk/client-kinesis-video';
import { CreateCollectionCommand, RekognitionClient } from '@aws-sdk/client-rekognition';
import { CreateBucketCommand, S3Client } from '@aws-sdk/client-s3';
import { CreateTopicCommand, SNSClient } from '@aws-sdk/client-sns';
import { arn, localAccount, localRegion } from '../../../local/aws/arn.ts';
import type { Credentials } from '../../../local/aws/signature.ts';
import type { Made, Resource, Template } from './template.ts';

/** What every client of a test is made with. */
export interface ClientOptions {
  readonly endpoint: string;
  readonly region: string;
  readonly credentials: Credentials;
}

/**
 * Makes a template's resources on the local AWS, as CloudFormation would: by the properties that stand there, with
 * names of their own where none is given. What the local AWS does not have (queues, logs, roles) only gets a name.
 *
 * @returns what was made, with CloudFormation's pseudo parameters, by logical id
 */
export async function makeResources(
  { Resources }: Template,
  stackName: string,
  options: ClientOptions,
): Promise<Map<string, Made>> {
  const made = new Map(
    Object.entries({
      'AWS::Partition': 'aws',
      'AWS::Region': localRegion,
      'AWS::AccountId': localAccount,
      'AWS::StackName': stackName,
      'AWS::URLSuffix': 'amazonaws.com',
    }).map(([id, ref]): [string, Made] => [id, { ref, attributes: {} }]),
  );
  for (const [id, resource] of Object.entries(Resources)) {
    made.set(id, await make(resource, `${stackName}-${id}`, options));
  }
  return made;
}

async function make(
  { Type, Properties = {} }: Resource,
  name: string,
  options: ClientOptions,
): Promise<Made> {
  switch (Type) {
    case 'AWS::DynamoDB::Table': {
      const { AttributeDefinitions, KeySchema, BillingMode } = Properties;
      const client = new DynamoDBClient(options);
      await client.send(
        new CreateTableCommand({ TableName: name, AttributeDefinitions, KeySchema, BillingMode }),
      );
      return named(name, arn('dynamodb', `table/${name}`));
    }
    case 'AWS::S3::Bucket': {
      const Bucket = name.toLowerCase();
      await new S3Client(options).send(new CreateBucketCommand({ Bucket }));
      return named(Bucket, `arn:aws:s3:::${Bucket}`);
    }
    case 'AWS::Kinesis::Stream': {
      const { Name: StreamName = name, ShardCount } = Properties;
      await new KinesisClient(options).send(new CreateStreamCommand({ StreamName, ShardCount }));
      return named(StreamName, arn('kinesis', `stream/${StreamName}`));
    }
    case 'AWS::KinesisVideo::Stream': {
      const { Name: StreamName, DataRetentionInHours, MediaType } = Properties;
      const { StreamARN = '' } = await new KinesisVideoClient(options).send(
        new CreateVideoStreamCommand({ StreamName, DataRetentionInHours, MediaType }),
      );
      return named(StreamName, StreamARN);
    }
    case 'AWS::Rekognition::Collection': {
      const { CollectionId } = Properties;
      await new RekognitionClient(options).send(new CreateCollectionCommand({ CollectionId }));
      return named(CollectionId, arn('rekognition', `collection/${CollectionId}`));
    }
    case 'AWS::SNS::Topic': {
      const { TopicArn = '' } = await new SNSClient(options).send(new CreateTopicCommand({ Name: name }));
      return named(TopicArn, TopicArn);
    }
    case 'AWS::SQS::Queue':
      return { ref: `https://sqs/${name}`, attributes: { Arn: arn('sqs', name), QueueName: name } };
    case 'AWS::Logs::LogGroup':
      return named(Properties.LogGroupName, arn('logs', `log-group:${Properties.LogGroupName}:*`));
    case 'AWS::Lambda::Function':
      return named(Properties.FunctionName, arn('lambda', `function:${Properties.FunctionName}`));
    case 'AWS::IAM::Role':
      return named(name, `arn:aws:iam::${localAccount}:role/${name}`);
    case 'AWS::IAM::User':
      return named(name, `arn:aws:iam::${localAccount}:user/${name}`);
    default:
      return named(name, name);
  }
}

const named = (ref: string, Arn: string): Made => ({ ref, attributes: { Arn } });

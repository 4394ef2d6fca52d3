import { CreateTableCommand, DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { CreateStreamCommand, KinesisClient } from '@aws-sdk/client-kinesis';
import {
  CreateStreamCommand as CreateVideoStreamCommand,
  KinesisVideoClient,
} from '@aws-sdk/client-kinesis-video';
import { CreateCollectionCommand, RekognitionClient } from '@aws-sdk/client-rekognition';
import { CreateBucketCommand, S3Client } from '@aws-sdk/client-s3';
import { CreateTopicCommand, SNSClient } from '@aws-sdk/client-sns';
import type { Credentials } from '../../../local/aws/signature.ts';
import { named, pseudoParameters } from './named.ts';
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
  const made = pseudoParameters(stackName);
  for (const [id, resource] of Object.entries(Resources)) {
    made.set(id, await makeResource(resource, `${stackName}-${id}`, options));
  }
  return made;
}

/** Makes one of them. @param name what it is called if its properties do not say */
export async function makeResource(resource: Resource, name: string, options: ClientOptions): Promise<Made> {
  const { Type, Properties = {} } = resource;
  const it = named(resource, name);
  switch (Type) {
    case 'AWS::DynamoDB::Table': {
      const { AttributeDefinitions, KeySchema, BillingMode } = Properties;
      await new DynamoDBClient(options).send(
        new CreateTableCommand({ TableName: it.ref, AttributeDefinitions, KeySchema, BillingMode }),
      );
      return it;
    }
    case 'AWS::S3::Bucket':
      await new S3Client(options).send(new CreateBucketCommand({ Bucket: it.ref }));
      return it;
    case 'AWS::Kinesis::Stream': {
      const { ShardCount } = Properties;
      await new KinesisClient(options).send(new CreateStreamCommand({ StreamName: it.ref, ShardCount }));
      return it;
    }
    case 'AWS::KinesisVideo::Stream': {
      const { DataRetentionInHours, MediaType } = Properties;
      const { StreamARN = '' } = await new KinesisVideoClient(options).send(
        new CreateVideoStreamCommand({ StreamName: it.ref, DataRetentionInHours, MediaType }),
      );
      // It ends in when the stream was made.
      return { ref: it.ref, attributes: { Arn: StreamARN } };
    }
    case 'AWS::Rekognition::Collection':
      await new RekognitionClient(options).send(new CreateCollectionCommand({ CollectionId: it.ref }));
      return it;
    case 'AWS::SNS::Topic':
      await new SNSClient(options).send(new CreateTopicCommand({ Name: name }));
      return it;
    default:
      return it;
  }
}

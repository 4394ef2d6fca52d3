import { DescribeTableCommand, type DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { DescribeStreamSummaryCommand, type KinesisClient } from '@aws-sdk/client-kinesis';
import { DescribeCollectionCommand, type RekognitionClient } from '@aws-sdk/client-rekognition';
import { HeadBucketCommand, type S3Client } from '@aws-sdk/client-s3';
import {
  ResourceNotFoundException as NoSecret,
  InvalidRequestException as ToBeDeleted,
} from '@aws-sdk/client-secrets-manager';
import { ConfigurationError } from '../../party/errors.ts';
import type { BotSecret } from '../../party/stores/secret.ts';
import { doctorText } from './doctor.text.ts';
import { type Check, type Finding, well, wrong } from './finding.ts';

const { parts, stack, table: text } = doctorText;

/** What services call what is not there, each in its own way. */
const missing = new Set(['ResourceNotFoundException', 'NotFound', 'NoSuchBucket']);

async function orMissing(
  look: () => Promise<Finding>,
  ifMissing: () => Finding | Promise<Finding>,
): Promise<Finding> {
  try {
    return await look();
  } catch (error) {
    if (error instanceof Error && missing.has(error.name)) return await ifMissing();
    throw error;
  }
}

const isMissing = (): Finding => wrong(text.missing, stack.deploy);
const inState = (state: string | undefined): Finding =>
  state === 'ACTIVE' ? well(text.well) : wrong(text.state(state ?? 'unknown'), stack.deploy);

export function checkTable(client: DynamoDBClient, TableName: string): Check {
  const look = async (): Promise<Finding> =>
    inState((await client.send(new DescribeTableCommand({ TableName }))).Table?.TableStatus);
  return { part: parts.table, look: () => orMissing(look, isMissing) };
}

export function checkBucket(client: S3Client, Bucket: string): Check {
  const look = async (): Promise<Finding> => {
    await client.send(new HeadBucketCommand({ Bucket }));
    return well(text.well);
  };
  return { part: parts.bucket, look: () => orMissing(look, isMissing) };
}

/** @param ifMissing asked when it is not there: the stack makes it on AWS, and on one machine the first guest or party */
export function checkCollection(
  client: RekognitionClient,
  CollectionId: string,
  ifMissing: () => Finding | Promise<Finding> = isMissing,
): Check {
  const look = async (): Promise<Finding> => {
    const { FaceCount = 0 } = await client.send(new DescribeCollectionCommand({ CollectionId }));
    return well(doctorText.collection.well(FaceCount));
  };
  return { part: parts.collection, look: () => orMissing(look, ifMissing) };
}

export function checkDataStream(client: KinesisClient, StreamName: string): Check {
  const look = async (): Promise<Finding> => {
    const { StreamDescriptionSummary } = await client.send(new DescribeStreamSummaryCommand({ StreamName }));
    return inState(StreamDescriptionSummary?.StreamStatus);
  };
  return { part: parts.stream, look: () => orMissing(look, isMissing) };
}

/** Whether the secret is there and of the right form. Nothing of it is ever told. */
export function checkSecret(read: () => Promise<BotSecret>): Check {
  const { secret } = doctorText;
  return {
    part: parts.secret,
    async look() {
      try {
        await read();
        return well(secret.well);
      } catch (error) {
        if (error instanceof NoSecret) return wrong(secret.missing, secret.deploy);
        if (error instanceof ToBeDeleted) return wrong(secret.toBeDeleted, secret.restore);
        if (error instanceof ConfigurationError) return wrong(secret.broken, secret.mend);
        throw error;
      }
    },
  };
}

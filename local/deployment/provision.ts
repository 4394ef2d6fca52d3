import { randomBytes } from 'node:crypto';
import { CreateTableCommand, DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { CreateStreamCommand, KinesisClient } from '@aws-sdk/client-kinesis';
import {
  CreateStreamCommand as CreateVideoStreamCommand,
  KinesisVideoClient,
} from '@aws-sdk/client-kinesis-video';
import { CreateBucketCommand, S3Client } from '@aws-sdk/client-s3';
import {
  CreateSecretCommand,
  PutSecretValueCommand,
  ResourceExistsException,
  SecretsManagerClient,
} from '@aws-sdk/client-secrets-manager';
import { CreateTopicCommand, SNSClient } from '@aws-sdk/client-sns';
import { secretWithWebhook } from '../../party/automation/secret-with-webhook.ts';
import { type BotSecret, readBotSecret } from '../../party/stores/secret.ts';
import { names } from '../environment.ts';
import { tableDefinition } from './table-definition.ts';

/**
 * Makes what the stack makes on AWS, by the same calls. Safe to repeat: what is there stays as it is.
 *
 * @param token the bot's; it replaces the one kept, so that a host can change the bot
 * @param onNewSecret called when there was no secret, and one is made
 * @param arrivalWebhook where arrivals are posted to; nowhere if not given
 * @returns the bot's secret as it is now
 */
export async function provision(
  token: string,
  onNewSecret: () => void = () => {},
  arrivalWebhook?: string,
): Promise<BotSecret> {
  await Promise.all([
    unlessThere(
      new DynamoDBClient().send(new CreateTableCommand({ TableName: names.table, ...tableDefinition })),
    ),
    unlessThere(new S3Client().send(new CreateBucketCommand({ Bucket: names.bucket }))),
    unlessThere(
      new KinesisClient().send(new CreateStreamCommand({ StreamName: names.dataStream, ShardCount: 1 })),
    ),
    unlessThere(
      new KinesisVideoClient().send(
        new CreateVideoStreamCommand({ StreamName: names.videoStream, DataRetentionInHours: 1 }),
      ),
    ),
    new SNSClient().send(new CreateTopicCommand({ Name: names.topic })),
  ]);
  return keepSecret(token, onNewSecret, arrivalWebhook);
}

async function keepSecret(
  token: string,
  onNewSecret: () => void,
  arrivalWebhook: string | undefined,
): Promise<BotSecret> {
  const client = new SecretsManagerClient();
  const fresh = secretWithWebhook(
    {
      token,
      webhookSecret: randomBytes(32).toString('base64url'),
      claimCode: randomBytes(12).toString('base64url'),
    },
    arrivalWebhook,
  );
  try {
    await client.send(new CreateSecretCommand({ Name: names.secret, SecretString: JSON.stringify(fresh) }));
    onNewSecret();
    return fresh;
  } catch (error) {
    if (!(error instanceof ResourceExistsException)) throw error;
  }
  const kept = await readBotSecret(client, names.secret);
  if (kept.token === token && kept.arrivalWebhook === arrivalWebhook) return kept;
  const changed = secretWithWebhook({ ...kept, token }, arrivalWebhook);
  await client.send(
    new PutSecretValueCommand({ SecretId: names.secret, SecretString: JSON.stringify(changed) }),
  );
  return changed;
}

/** Each service has a name of its own for "there is one already". */
const alreadyThere = new Set(['ResourceInUseException', 'BucketAlreadyOwnedByYou', 'BucketAlreadyExists']);

async function unlessThere(made: Promise<unknown>): Promise<void> {
  try {
    await made;
  } catch (error) {
    if (!(error instanceof Error && alreadyThere.has(error.name))) throw error;
  }
}

import type { TestContext } from 'node:test';
import { CreateTableCommand, DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { CreateCollectionCommand, RekognitionClient } from '@aws-sdk/client-rekognition';
import { CreateBucketCommand, S3Client } from '@aws-sdk/client-s3';
import {
  CreateSecretCommand,
  GetSecretValueCommand,
  SecretsManagerClient,
} from '@aws-sdk/client-secrets-manager';
import { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import { startAwsServer } from '../../local/aws/server.ts';
import { tableDefinition } from '../../local/deployment/table-definition.ts';
import { credentials } from '../../local/environment.ts';
import type { BotSecret } from '../../party/stores/secret.ts';
import { Table } from '../../party/stores/table.ts';
import { afterwards, type Hook, openHook, openStand, type Stand } from '../local/telegram/stand.ts';
import { emptyFolder } from '../support/folder.ts';
import { openAws } from '../support/whole-aws.ts';
import { commandEnvironment, region } from './command-environment.ts';
import { RecordedAws } from './recorded.ts';

export const account = '123456789012';

/** What the recordings call the house's things. */
export const things = {
  table: 'MusicalJoy-Table-1ABC',
  bucket: 'musicaljoy-bucket-1abc',
  collection: 'MusicalJoy-guests',
} as const;

/** Where the CDK puts what it uploads. */
export const assetsBucket = `cdk-hnb659fds-assets-${account}-${region}`;

export const botSecret = 'MusicalJoy/bot';

/** An account at AWS, and Telegram, on this machine. */
export interface Cloud {
  readonly recorded: RecordedAws;
  readonly telegram: Stand;
  /** The house's webhook. */
  readonly hook: Hook;
  readonly webhookUrl: string;
  /** The environment of a command that finds all this. */
  readonly environment: Readonly<Record<string, string>>;
  /** The folder in which commands run. */
  readonly folder: string;
  /** Where AWS on this machine keeps what it was given. */
  readonly awsFolder: string;
  readonly table: Table;
  readonly s3: S3Client;
  readonly secrets: SecretsManagerClient;
  /** The bot's secret; undefined when there is none. */
  secret(): Promise<BotSecret | undefined>;
  /** Puts the bot's secret there, as an earlier deployment did. */
  keepSecret(secret: BotSecret): Promise<void>;
}

/**
 * Opens an account; it ends with the test.
 *
 * @param states of recordings, by their names; else there is nothing yet in the account
 */
export async function openCloud(
  t: TestContext,
  states: Readonly<Record<string, string>> = {},
): Promise<Cloud> {
  const folder = await emptyFolder();
  const awsFolder = await emptyFolder();
  const telegram = await openStand(t);
  const hook = await openHook(t);
  const aws = await openAws({ folder: awsFolder });
  afterwards(t, () => aws.close());
  const { accessKeyId, secretAccessKey } = credentials;
  const recorded = new RecordedAws({
    account,
    region,
    accessKeyId,
    secretAccessKey,
    webhookUrl: hook.url,
    ...things,
  });
  recorded.set(states);
  const server = await startAwsServer({ port: 0, services: recorded.services, credentials });
  afterwards(t, () => server.close());

  const options = { endpoint: aws.url, region, credentials };
  const s3 = new S3Client(options);
  const secrets = new SecretsManagerClient(options);
  const dynamoDb = new DynamoDBClient(options);
  afterwards(t, () => [s3, secrets, dynamoDb].map((client) => client.destroy()));
  await Promise.all([
    s3.send(new CreateBucketCommand({ Bucket: assetsBucket })),
    s3.send(new CreateBucketCommand({ Bucket: things.bucket })),
    new RekognitionClient(options).send(new CreateCollectionCommand({ CollectionId: things.collection })),
    dynamoDb.send(new CreateTableCommand({ TableName: things.table, ...tableDefinition })),
  ]);
  return {
    recorded,
    telegram,
    hook,
    webhookUrl: hook.url,
    folder,
    awsFolder,
    s3,
    secrets,
    table: new Table(DynamoDBDocumentClient.from(dynamoDb), things.table),
    environment: await commandEnvironment({
      folder,
      aws: aws.url,
      recorded: server.url,
      telegram: telegram.root,
    }),
    async keepSecret(secret) {
      await secrets.send(
        new CreateSecretCommand({ Name: 'MusicalJoy/bot', SecretString: JSON.stringify(secret) }),
      );
    },
    async secret() {
      try {
        const { SecretString = '' } = await secrets.send(new GetSecretValueCommand({ SecretId: botSecret }));
        return JSON.parse(SecretString) as BotSecret;
      } catch (error) {
        if ((error as Error).name === 'ResourceNotFoundException') return undefined;
        throw error;
      }
    },
  };
}

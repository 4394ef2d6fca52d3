import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { CreateTableCommand, DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { CreateStreamCommand, KinesisClient } from '@aws-sdk/client-kinesis';
import {
  CreateStreamCommand as CreateVideoStreamCommand,
  KinesisVideoClient,
} from '@aws-sdk/client-kinesis-video';
import {
  GetImagesCommand,
  KinesisVideoArchivedMediaClient,
} from '@aws-sdk/client-kinesis-video-archived-media';
import { InvokeCommand, LambdaClient } from '@aws-sdk/client-lambda';
import { CreateCollectionCommand, RekognitionClient } from '@aws-sdk/client-rekognition';
import { CreateBucketCommand, PutObjectCommand, S3Client } from '@aws-sdk/client-s3';
import { CreateSecretCommand, SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import { CreateTopicCommand, SNSClient } from '@aws-sdk/client-sns';
import type { HttpRequest } from '@smithy/core/protocols';
import type { Aws } from '../../../local/aws/aws.ts';
import type { Credentials } from '../../../local/aws/signature.ts';
import { credentials } from '../../../local/environment.ts';
import { openAws } from '../../support/whole-aws.ts';

/** What all the SDK's clients can be made with. */
interface Options {
  readonly endpoint: string;
  readonly region: string;
  readonly credentials: Credentials;
  readonly maxAttempts: number;
}
type Client = Pick<RekognitionClient, 'send' | 'destroy' | 'middlewareStack'>;

/** One request to each service, and how that service calls each fault of a signature. */
interface Asked {
  readonly client: (options: Options) => unknown;
  readonly command: () => unknown;
  readonly words: Readonly<Record<Fault, string>>;
}

const skewMs = 16 * 60_000;

const json = {
  'another secret': 'InvalidSignatureException',
  'another key': 'UnrecognizedClientException',
  'no signature': 'MissingAuthenticationTokenException',
  'another body': 'InvalidSignatureException',
  'another query': 'InvalidSignatureException',
  'another header': 'InvalidSignatureException',
  'another path': 'InvalidSignatureException',
  'a clock 16 minutes ahead': 'InvalidSignatureException',
  'a clock 16 minutes behind': 'InvalidSignatureException',
};
type Fault = keyof typeof json;

const query: Asked['words'] = {
  'another secret': 'SignatureDoesNotMatch',
  'another key': 'InvalidClientTokenId',
  'no signature': 'MissingAuthenticationToken',
  'another body': 'SignatureDoesNotMatch',
  'another query': 'SignatureDoesNotMatch',
  'another header': 'SignatureDoesNotMatch',
  'another path': 'SignatureDoesNotMatch',
  'a clock 16 minutes ahead': 'SignatureDoesNotMatch',
  'a clock 16 minutes behind': 'SignatureDoesNotMatch',
};

const s3: Asked['words'] = {
  'another secret': 'SignatureDoesNotMatch',
  'another key': 'InvalidAccessKeyId',
  'no signature': 'AccessDenied',
  'another body': 'XAmzContentSHA256Mismatch',
  'another query': 'SignatureDoesNotMatch',
  'another header': 'SignatureDoesNotMatch',
  'another path': 'SignatureDoesNotMatch',
  'a clock 16 minutes ahead': 'RequestTimeTooSkewed',
  'a clock 16 minutes behind': 'RequestTimeTooSkewed',
};

const services: Readonly<Record<string, Asked>> = {
  Rekognition: {
    client: (options) => new RekognitionClient(options),
    command: () => new CreateCollectionCommand({ CollectionId: 'guests' }),
    words: json,
  },
  Kinesis: {
    client: (options) => new KinesisClient(options),
    command: () => new CreateStreamCommand({ StreamName: 'seen' }),
    words: json,
  },
  DynamoDB: {
    client: (options) => new DynamoDBClient(options),
    command: () =>
      new CreateTableCommand({
        TableName: 'party',
        BillingMode: 'PAY_PER_REQUEST',
        AttributeDefinitions: [{ AttributeName: 'pk', AttributeType: 'S' }],
        KeySchema: [{ AttributeName: 'pk', KeyType: 'HASH' }],
      }),
    words: json,
  },
  'Secrets Manager': {
    client: (options) => new SecretsManagerClient(options),
    command: () => new CreateSecretCommand({ Name: 'token', SecretString: 'a' }),
    words: json,
  },
  'Kinesis Video': {
    client: (options) => new KinesisVideoClient(options),
    command: () => new CreateVideoStreamCommand({ StreamName: 'door', DataRetentionInHours: 1 }),
    words: json,
  },
  // After Kinesis Video: it takes pictures of the stream that was made there.
  'Kinesis Video Archived Media': {
    client: (options) => new KinesisVideoArchivedMediaClient(options),
    command: () =>
      new GetImagesCommand({
        StreamName: 'door',
        ImageSelectorType: 'PRODUCER_TIMESTAMP',
        StartTimestamp: new Date(0),
        EndTimestamp: new Date(1000),
        Format: 'JPEG',
      }),
    words: json,
  },
  Lambda: {
    client: (options) => new LambdaClient(options),
    command: () => new InvokeCommand({ FunctionName: 'echo', Payload: '{"at":1}' }),
    words: json,
  },
  SNS: {
    client: (options) => new SNSClient(options),
    command: () => new CreateTopicCommand({ Name: 'arrivals' }),
    words: query,
  },
  S3: {
    client: (options) => new S3Client(options),
    command: () => new PutObjectCommand({ Bucket: 'party', Key: 'note', Body: 'one' }),
    words: s3,
  },
};

/** What each fault changes of the client, or of its request once that is signed. */
const faults: Readonly<
  Record<Fault, { readonly options?: object; readonly tamper?: (request: HttpRequest) => void }>
> = {
  'another secret': { options: { credentials: { ...credentials, secretAccessKey: 'guessed' } } },
  'another key': { options: { credentials: { ...credentials, accessKeyId: 'AKIASTRANGER' } } },
  'no signature': { tamper: ({ headers }) => delete headers.authorization },
  'another body': {
    tamper: (request) => {
      const { body } = request;
      const text: string = typeof body === 'string' ? body : new TextDecoder().decode(body);
      // Of the same length.
      request.body = `${text.slice(0, -2)}9${text.slice(-1)}`;
    },
  },
  'another query': {
    tamper: (request) => {
      request.query = { ...request.query, 'x-id': 'Other' };
    },
  },
  'another header': {
    tamper: ({ headers }) => {
      headers['x-note'] = 'tampered';
    },
  },
  'another path': {
    tamper: (request) => {
      request.path = `${request.path.replace(/\/$/, '')}/other`;
    },
  },
  'a clock 16 minutes ahead': { options: { systemClockOffset: skewMs } },
  'a clock 16 minutes behind': { options: { systemClockOffset: -skewMs } },
};

describe('a request', () => {
  let aws: Aws;

  before(async () => {
    aws = await openAws();
    await send(
      () => new CreateBucketCommand({ Bucket: 'party' }),
      (options) => new S3Client(options),
    );
  });

  after(() => aws.close());

  async function send(
    command: Asked['command'],
    open: Asked['client'],
    { options = {}, tamper }: (typeof faults)[Fault] = {},
  ): Promise<unknown> {
    const own = { endpoint: aws.url, region: 'us-east-1', credentials, maxAttempts: 1 };
    const client = open({ ...own, ...options }) as Client;
    client.middlewareStack.add(
      (next) => (args) => {
        (args.request as HttpRequest).headers['x-note'] = 'signed';
        return next(args);
      },
      { step: 'build' },
    );
    client.middlewareStack.add(
      (next) => (args) => {
        tamper?.(args.request as HttpRequest);
        return next(args);
      },
      // After the signing.
      { step: 'finalizeRequest', priority: 'low' },
    );
    try {
      return await client.send(command() as CreateCollectionCommand);
    } finally {
      client.destroy();
    }
  }

  for (const [name, { client, command, words }] of Object.entries(services)) {
    test(`to ${name} is refused for each fault of its signature in the service’s own words, and taken without`, async () => {
      for (const [fault, how] of Object.entries(faults)) {
        // A path is how these services know what they are asked; another one is another question.
        const restJson = /Video|Lambda/.test(name);
        if (fault === 'another path' && restJson) continue;
        await assert.rejects(send(command, client, how), { name: words[fault as Fault] }, fault);
      }
      await send(command, client);
    });
  }
});

import assert from 'node:assert/strict';
import { test } from 'node:test';
import * as dynamodb from '@aws-sdk/client-dynamodb';
import * as kinesis from '@aws-sdk/client-kinesis';
import * as video from '@aws-sdk/client-kinesis-video';
import * as archived from '@aws-sdk/client-kinesis-video-archived-media';
import * as lambda from '@aws-sdk/client-lambda';
import * as rekognition from '@aws-sdk/client-rekognition';
import * as s3 from '@aws-sdk/client-s3';
import * as secrets from '@aws-sdk/client-secrets-manager';
import * as sns from '@aws-sdk/client-sns';
import fc from 'fast-check';
import { credentials, names } from '../../../local/environment.ts';
import { nobody } from '../../support/portraits.ts';
import { openAws } from '../../support/whole-aws.ts';
import { mutation } from './mutate.ts';
import { isUnfinished, requestOf, send, signed, type WireAnswer, type WireRequest } from './wire-request.ts';

const runs = 1000;
/** Fixed, so that the thousand are the same every time. */
const seed = 20261123;
const aLongTimeMs = 20_000;

const faceId = '00000000-0000-0000-0000-000000000000';
const table = 'guests';
const key = { pk: { S: 'anna' } };
const streamArn = (name: string) => `arn:aws:kinesis:us-east-1:000000000000:stream/${name}`;
const videoArn = 'arn:aws:kinesisvideo:us-east-1:000000000000:stream/door/1';

/** One good request to each operation, in an order in which most of them are taken. */
async function goodRequests(): Promise<WireRequest[]> {
  const own = { endpoint: 'http://127.0.0.1:1', region: names.region, credentials, maxAttempts: 1 };
  const collection = { CollectionId: 'guests' };
  const image = { Image: { Bytes: await nobody() } };
  const Bucket = 'party';
  const note = { Bucket, Key: 'note' };
  const upload = { ...note, UploadId: faceId };
  const parts = { Parts: [{ PartNumber: 1, ETag: '"x"' }] };
  const stream = { StreamName: 'seen' };
  const to = {
    rekognition: () => new rekognition.RekognitionClient(own),
    kinesis: () => new kinesis.KinesisClient(own),
    kinesisvideo: () => new video.KinesisVideoClient(own),
    archived: () => new archived.KinesisVideoArchivedMediaClient(own),
    s3: () => new s3.S3Client(own),
    sns: () => new sns.SNSClient(own),
    secretsmanager: () => new secrets.SecretsManagerClient(own),
    lambda: () => new lambda.LambdaClient(own),
    dynamodb: () => new dynamodb.DynamoDBClient(own),
  };
  const commands: readonly (readonly [keyof typeof to, unknown])[] = [
    ['rekognition', new rekognition.CreateCollectionCommand(collection)],
    ['rekognition', new rekognition.DescribeCollectionCommand(collection)],
    ['rekognition', new rekognition.ListCollectionsCommand({ MaxResults: 2 })],
    ['rekognition', new rekognition.IndexFacesCommand({ ...collection, ...image, MaxFaces: 1 })],
    ['rekognition', new rekognition.DetectFacesCommand({ Image: { S3Object: { Bucket, Name: 'note' } } })],
    ['rekognition', new rekognition.ListFacesCommand({ ...collection, MaxResults: 2, NextToken: 'eyJ9' })],
    ['rekognition', new rekognition.DeleteFacesCommand({ ...collection, FaceIds: [faceId] })],
    ['rekognition', new rekognition.SearchFacesCommand({ ...collection, FaceId: faceId })],
    ['rekognition', new rekognition.SearchFacesByImageCommand({ ...collection, ...image })],
    [
      'rekognition',
      new rekognition.CreateStreamProcessorCommand({
        Name: 'door',
        Input: { KinesisVideoStream: { Arn: videoArn } },
        Output: { KinesisDataStream: { Arn: streamArn('seen') } },
        Settings: { FaceSearch: { ...collection, FaceMatchThreshold: 90 } },
        RoleArn: 'arn:aws:iam::000000000000:role/door',
      }),
    ],
    ['rekognition', new rekognition.DescribeStreamProcessorCommand({ Name: 'door' })],
    ['rekognition', new rekognition.ListStreamProcessorsCommand({})],
    ['rekognition', new rekognition.StartStreamProcessorCommand({ Name: 'door' })],
    ['rekognition', new rekognition.StopStreamProcessorCommand({ Name: 'door' })],
    ['kinesis', new kinesis.CreateStreamCommand({ ...stream, ShardCount: 1 })],
    ['kinesis', new kinesis.ListStreamsCommand({ Limit: 2 })],
    ['kinesis', new kinesis.DescribeStreamCommand(stream)],
    ['kinesis', new kinesis.ListShardsCommand({ StreamARN: streamArn('seen') })],
    ['kinesis', new kinesis.PutRecordCommand({ ...stream, PartitionKey: 'a', Data: Buffer.from('{}') })],
    [
      'kinesis',
      new kinesis.PutRecordsCommand({ ...stream, Records: [{ PartitionKey: 'a', Data: Buffer.from('{}') }] }),
    ],
    [
      'kinesis',
      new kinesis.GetShardIteratorCommand({
        ...stream,
        ShardId: 'shardId-000000000000',
        ShardIteratorType: 'AT_TIMESTAMP',
        Timestamp: new Date(1_700_000_000_000),
      }),
    ],
    ['kinesis', new kinesis.GetRecordsCommand({ ShardIterator: 'WyJzZWVuIiwiMCIsMV0', Limit: 5 })],
    ['kinesisvideo', new video.CreateStreamCommand({ StreamName: 'door', DataRetentionInHours: 1 })],
    ['kinesisvideo', new video.DescribeStreamCommand({ StreamName: 'door' })],
    ['kinesisvideo', new video.ListStreamsCommand({ MaxResults: 1 })],
    ['kinesisvideo', new video.GetDataEndpointCommand({ StreamName: 'door', APIName: 'GET_IMAGES' })],
    [
      'archived',
      new archived.GetImagesCommand({
        StreamName: 'door',
        ImageSelectorType: 'PRODUCER_TIMESTAMP',
        StartTimestamp: new Date(1_700_000_000_000),
        EndTimestamp: new Date(1_700_000_005_000),
        Format: 'JPEG',
        FormatConfig: { JPEGQuality: '80' },
        SamplingInterval: 500,
      }),
    ],
    ['s3', new s3.CreateBucketCommand({ Bucket })],
    ['s3', new s3.PutObjectCommand({ ...note, Body: 'one', Metadata: { of: 'anna' } })],
    ['s3', new s3.ListBucketsCommand({ MaxBuckets: 2 })],
    ['s3', new s3.ListObjectsV2Command({ Bucket, Delimiter: '/', MaxKeys: 2, Prefix: 'n' })],
    ['s3', new s3.ListObjectsCommand({ Bucket, Marker: 'a' })],
    ['s3', new s3.GetObjectCommand({ ...note, Range: 'bytes=0-1' })],
    ['s3', new s3.HeadObjectCommand(note)],
    ['s3', new s3.CopyObjectCommand({ ...note, Key: 'copy', CopySource: 'party/note' })],
    ['s3', new s3.CreateMultipartUploadCommand({ ...note, Key: 'large' })],
    ['s3', new s3.UploadPartCommand({ ...upload, PartNumber: 1, Body: 'part' })],
    ['s3', new s3.UploadPartCopyCommand({ ...upload, PartNumber: 1, CopySource: 'party/note' })],
    ['s3', new s3.CompleteMultipartUploadCommand({ ...upload, MultipartUpload: parts })],
    ['s3', new s3.AbortMultipartUploadCommand(upload)],
    ['s3', new s3.DeleteObjectsCommand({ Bucket, Delete: { Objects: [{ Key: 'a' }, { Key: 'b' }] } })],
    ['s3', new s3.DeleteBucketCommand({ Bucket: 'another' })],
    ['sns', new sns.CreateTopicCommand({ Name: 'arrivals' })],
    [
      'sns',
      new sns.PublishCommand({
        TopicArn: 'arn:aws:sns:us-east-1:000000000000:arrivals',
        Message: '{"default":"x"}',
        MessageStructure: 'json',
        MessageAttributes: { guest: { DataType: 'String', StringValue: 'Anna' } },
      }),
    ],
    ['secretsmanager', new secrets.CreateSecretCommand({ Name: 'code', SecretString: 'open' })],
    ['secretsmanager', new secrets.GetSecretValueCommand({ SecretId: 'code' })],
    [
      'secretsmanager',
      new secrets.PutSecretValueCommand({ SecretId: 'code', SecretBinary: Buffer.from('a') }),
    ],
    ['secretsmanager', new secrets.DescribeSecretCommand({ SecretId: 'code' })],
    ['lambda', new lambda.InvokeCommand({ FunctionName: 'echo', Payload: '{"at":1}' })],
    [
      'dynamodb',
      new dynamodb.CreateTableCommand({
        TableName: table,
        BillingMode: 'PAY_PER_REQUEST',
        AttributeDefinitions: [{ AttributeName: 'pk', AttributeType: 'S' }],
        KeySchema: [{ AttributeName: 'pk', KeyType: 'HASH' }],
      }),
    ],
    ['dynamodb', new dynamodb.ListTablesCommand({ Limit: 2 })],
    ['dynamodb', new dynamodb.DescribeTableCommand({ TableName: table })],
    ['dynamodb', new dynamodb.PutItemCommand({ TableName: table, Item: { ...key, n: { N: '1' } } })],
    ['dynamodb', new dynamodb.GetItemCommand({ TableName: table, Key: key })],
    [
      'dynamodb',
      new dynamodb.UpdateItemCommand({
        TableName: table,
        Key: key,
        UpdateExpression: 'SET #n = if_not_exists(#n, :z) + :one REMOVE gone ADD seen :s',
        ConditionExpression: 'attribute_exists(pk) AND #n < :many',
        ExpressionAttributeNames: { '#n': 'n' },
        ExpressionAttributeValues: {
          ':z': { N: '0' },
          ':one': { N: '1' },
          ':many': { N: '100000' },
          ':s': { SS: ['a'] },
        },
        ReturnValues: 'ALL_NEW',
      }),
    ],
    [
      'dynamodb',
      new dynamodb.QueryCommand({
        TableName: table,
        KeyConditionExpression: 'pk = :pk',
        FilterExpression: 'contains(seen, :s)',
        ExpressionAttributeValues: { ':pk': { S: 'anna' }, ':s': { S: 'a' } },
        Limit: 3,
      }),
    ],
    ['dynamodb', new dynamodb.ScanCommand({ TableName: table, Limit: 1, ExclusiveStartKey: key })],
    [
      'dynamodb',
      new dynamodb.BatchWriteItemCommand({ RequestItems: { [table]: [{ PutRequest: { Item: key } }] } }),
    ],
    ['dynamodb', new dynamodb.BatchGetItemCommand({ RequestItems: { [table]: { Keys: [key] } } })],
    ['dynamodb', new dynamodb.DeleteItemCommand({ TableName: table, Key: { pk: { S: 'ben' } } })],
    [
      'dynamodb',
      new dynamodb.UpdateTimeToLiveCommand({
        TableName: table,
        TimeToLiveSpecification: { AttributeName: 'expires', Enabled: true },
      }),
    ],
    ['dynamodb', new dynamodb.DescribeTimeToLiveCommand({ TableName: table })],
  ];
  return await Promise.all(
    commands.map(([service, command]) =>
      requestOf(to[service](), command, service === 'archived' ? 'kinesisvideo' : service),
    ),
  );
}

/** What is wrong with an answer; nothing if it is a success, or an error that a client of AWS can read. */
function faultOf({ status, headers, body }: WireAnswer, request: WireRequest): string | undefined {
  if (status === undefined) return isUnfinished(request) ? undefined : 'no answer';
  if (status < 400) return undefined;
  const type = headers['content-type'] ?? '';
  const code = type.includes('json')
    ? /"__type":"([\w.#]+)"/.exec(body)?.[1]
    : // To what is no request of its protocol, DynamoDB itself answers no more than a name.
      /(?<=<Code>)\w+(?=<\/Code>)|(?<=^<)\w+(?=\/>)/.exec(body)?.[0];
  const isHead = request.method === 'HEAD';
  const isNotHere = status === 501 && (code === 'NotImplemented' || isHead);
  if (status >= 500 && !isNotHere) return `${status} ${body}`;
  // HTTP's own refusals come before any service is known.
  const isHttp = [400, 417, 431].includes(status) && type === '';
  if (code || isHttp || isHead) return undefined;
  return `${status} without a code: ${type} ${body}`;
}

test(`${runs} mutated requests over all services are each answered honestly, and everything still works`, async (t) => {
  const aws = await openAws();
  t.after(() => aws.close());
  const good = await goodRequests();
  const ask = (request: WireRequest) => send(aws.port, signed(request, aws.port));
  const first = await inTurn(good, ask);
  const taken = good.filter((_, i) => (first[i]?.status ?? 500) < 300);
  assert.ok(taken.length > 0.75 * good.length, `${taken.length} of ${good.length} good requests are taken`);
  const faults = first.map((answer, i) => faultOf(answer, good[i] as WireRequest)).filter(Boolean);
  assert.deepEqual(faults, []);

  const mutated = fc.record({
    request: fc.constantFrom(...good),
    mutations: fc.array(mutation, { minLength: 1, maxLength: 3 }),
  });
  const statuses: Record<string, number> = {};
  const found: string[] = [];
  for (const { request, mutations } of fc.sample(mutated, { numRuns: runs, seed: seed })) {
    const before = mutations.reduce((changed, { before: change }) => change?.(changed) ?? changed, request);
    const whole = signed(before, aws.port);
    const sent = mutations.reduce((changed, { after: change }) => change?.(changed) ?? changed, whole);
    const answer = await within(aLongTimeMs, send(aws.port, sent));
    const fault = answer ? faultOf(answer, sent) : 'no answer and no end';
    statuses[String(answer?.status)] = (statuses[String(answer?.status)] ?? 0) + 1;
    const what = `${request.service} ${request.headers['x-amz-target'] ?? request.target}`;
    if (fault) found.push(`${what}, ${mutations.map((one) => one.what).join('; ')}: ${fault}`);
  }
  assert.deepEqual(found, []);
  t.diagnostic(`statuses: ${JSON.stringify(statuses)}`);

  for (const request of taken) {
    const { status, body } = await ask(request);
    const operation = `${request.service} ${request.headers['x-amz-target'] ?? request.target}`;
    // What was made is there still.
    const isThere = /ResourceInUse|AlreadyExists|ResourceExists|already enabled/.test(body);
    assert.ok(status && (status < 300 || isThere), `${operation} is still taken: ${status} ${body}`);
  }
});

/** What comes of something, or undefined when it takes longer than that. */
async function within<T>(ms: number, coming: Promise<T>): Promise<T | undefined> {
  let timer: NodeJS.Timeout | undefined;
  const tooLong = new Promise<undefined>((resolve) => {
    timer = setTimeout(() => resolve(undefined), ms);
  });
  return await Promise.race([coming, tooLong]).finally(() => clearTimeout(timer));
}

/** One after another: a later request may need what an earlier one made. */
async function inTurn<T, R>(all: readonly T[], one: (item: T) => Promise<R>): Promise<R[]> {
  const results: R[] = [];
  for (const item of all) results.push(await one(item));
  return results;
}

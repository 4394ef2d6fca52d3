import type { SignedCall } from '../../../local/aws/answer-request.ts';
import { arn, localAccount } from '../../../local/aws/arn.ts';
import { parseXml } from '../../../local/aws/xml.ts';
import { resourceTypesOf } from './authorization-reference.ts';
import type { Ask } from './policy.ts';

// biome-ignore lint/suspicious/noExplicitAny: each operation has an input of its own, the service's.
type Input = any;

/**
 * What a call asks of IAM: actions on resources, as the "Service Authorization Reference" has them, with what a service
 * does in the caller's name. @throws Error for a call that is not known here, so that none goes unseen
 */
export async function asksOf(call: SignedCall): Promise<Ask[]> {
  const asks = services[call.service];
  if (!asks) throw new Error(`Calls of ${call.service} are not known here.`);
  return asks(call);
}

const services: Readonly<Record<string, (call: SignedCall) => Ask[] | Promise<Ask[]>>> = {
  dynamodb: ({ request }) => dynamoDb(operationOf(request), inputOf(request)),
  rekognition: ({ request }) => rekognition(operationOf(request), inputOf(request)),
  secretsmanager: ({ request }) => {
    const { SecretId } = inputOf(request);
    // An id may be the secret's name; its ARN ends in six characters of its own.
    const resource = SecretId.startsWith('arn:')
      ? SecretId
      : arn('secretsmanager', `secret:${SecretId}-AbCdEf`);
    return [{ action: `secretsmanager:${operationOf(request)}`, resource }];
  },
  kinesis: ({ request }) => {
    const { StreamARN, StreamName } = inputOf(request);
    const resource = StreamARN ?? arn('kinesis', `stream/${StreamName}`);
    return [{ action: `kinesis:${operationOf(request)}`, resource }];
  },
  kinesisvideo: ({ request: { url, headers, body } }) => {
    const operation = url.pathname.slice(1);
    // PutMedia's body is the video.
    const { StreamName, StreamARN } =
      operation === 'putMedia'
        ? { StreamName: headers['x-amzn-stream-name'], StreamARN: headers['x-amzn-stream-arn'] }
        : JSON.parse(body.toString() || '{}');
    const resource = String(StreamARN ?? arn('kinesisvideo', `stream/${StreamName}`)).replace(/\/\d+$/, '');
    return [{ action: `kinesisvideo:${operation.charAt(0).toUpperCase()}${operation.slice(1)}`, resource }];
  },
  sns: ({ request }) => {
    const form = new URLSearchParams(request.body.toString());
    return [{ action: `sns:${form.get('Action')}`, resource: form.get('TopicArn') ?? '' }];
  },
  iam: ({ request }) => {
    const form = new URLSearchParams(request.body.toString());
    const resource = `arn:aws:iam::${localAccount}:user/${form.get('UserName')}`;
    return [{ action: `iam:${form.get('Action')}`, resource }];
  },
  lambda: ({ request: { method, url } }) => {
    const [, name] = /^\/2015-03-31\/functions\/([^/]+)\/invocations$/.exec(url.pathname) ?? [];
    if (method !== 'POST' || !name) throw new Error(`${method} ${url.pathname} of Lambda is not known here.`);
    return [{ action: 'lambda:InvokeFunction', resource: arn('lambda', `function:${name}`) }];
  },
  s3,
};

function dynamoDb(operation: string, input: Input): Ask[] {
  const action = `dynamodb:${operation}`;
  const ask = (table: string, leadingKeys: readonly string[]): Ask => ({
    action,
    resource: arn('dynamodb', `table/${table}`),
    context: { 'dynamodb:LeadingKeys': leadingKeys },
  });
  switch (operation) {
    case 'GetItem':
    case 'UpdateItem':
    case 'DeleteItem':
      return [ask(input.TableName, [input.Key.pk.S])];
    case 'PutItem':
      return [ask(input.TableName, [input.Item.pk.S])];
    case 'Query':
      return [ask(input.TableName, [input.ExpressionAttributeValues[':pk'].S])];
    case 'Scan':
      // Of the whole table: it has no leading keys.
      return [{ action, resource: arn('dynamodb', `table/${input.TableName}`) }];
    case 'BatchGetItem':
      return Object.entries<Input>(input.RequestItems).map(([table, { Keys }]) =>
        ask(
          table,
          Keys.map(({ pk }: Input) => pk.S),
        ),
      );
    default:
      throw new Error(`${action} is not known here.`);
  }
}

async function rekognition(operation: string, input: Input): Promise<Ask[]> {
  const action = `rekognition:${operation}`;
  const ids: Readonly<Record<string, string | undefined>> = {
    collection: input.CollectionId ?? input.Settings?.FaceSearch?.CollectionId,
    streamprocessor: input.Name,
  };
  const types = await resourceTypesOf(action);
  const asks: Ask[] = types.map((type) => {
    if (!ids[type]) throw new Error(`${action} is not known here.`);
    return { action, resource: arn('rekognition', `${type}/${ids[type]}`) };
  });
  if (types.length === 0) asks.push({ action, resource: '*' });
  if (input.RoleArn) {
    asks.push({
      action: 'iam:PassRole',
      resource: input.RoleArn,
      context: { 'iam:PassedToService': ['rekognition.amazonaws.com'] },
    });
  }
  // Rekognition reads a picture from a bucket with the rights of whoever calls it.
  const { Bucket, Name } = input.Image?.S3Object ?? {};
  if (Bucket) asks.push({ action: 's3:GetObject', resource: `arn:aws:s3:::${Bucket}/${Name}` });
  return asks;
}

function s3({ request: { method, target, url, body }, status }: SignedCall): Ask[] {
  const [bucket = '', ...parts] = (target.split('?')[0] ?? '').slice(1).split('/').map(decodeURIComponent);
  const key = parts.join('/');
  const { searchParams: query } = url;
  const ofBucket = (action: string, context: Ask['context'] = {}): Ask => ({
    action: `s3:${action}`,
    resource: `arn:aws:s3:::${bucket}`,
    context,
  });
  const ofObject = (action: string, name = key): Ask => ({
    action: `s3:${action}`,
    resource: `arn:aws:s3:::${bucket}/${name}`,
  });
  if (key === '') {
    if (method === 'POST' && query.has('delete')) {
      const objects = parseXml(body, 'Delete')?.all('Object') ?? [];
      return objects.map((object) => ofObject('DeleteObject', object.text('Key')));
    }
    if (method === 'GET' && query.has('uploads')) return [ofBucket('ListBucketMultipartUploads')];
    if (method === 'GET') {
      const prefix = query.get('prefix');
      return [ofBucket('ListBucket', prefix === null ? {} : { 's3:prefix': [prefix] })];
    }
    throw new Error(`${method} of a bucket is not known here.`);
  }
  switch (method) {
    case 'PUT':
    case 'POST':
      return [ofObject('PutObject')];
    case 'GET':
    case 'HEAD':
      // To hear that there is no such object (404), and not that one may not know (403), takes the right to list.
      return [ofObject('GetObject'), ...(status === 404 ? [ofBucket('ListBucket')] : [])];
    case 'DELETE':
      return [ofObject(query.has('uploadId') ? 'AbortMultipartUpload' : 'DeleteObject')];
    default:
      throw new Error(`${method} of an object is not known here.`);
  }
}

const operationOf = ({ headers }: SignedCall['request']): string =>
  String(headers['x-amz-target']).split('.').at(-1) ?? '';

const inputOf = ({ body }: SignedCall['request']): Input => JSON.parse(body.toString());

import fc from 'fast-check';
import type { WireRequest } from './wire-request.ts';

/** Changes a request before it is signed, or after. */
export interface Mutation {
  readonly what: string;
  readonly before?: (request: WireRequest) => WireRequest;
  readonly after?: (request: WireRequest) => WireRequest;
}

const deep = JSON.parse(`${'['.repeat(200)}${']'.repeat(200)}`) as unknown;

/** Values that no member expects, and some that are nearly right. */
const value = fc.oneof(
  fc.jsonValue(),
  fc.constantFrom<unknown>(
    ...[null, true, 0, -1, 0.5, 1e308, -1e308, 2 ** 53, 4_294_967_296, '', ' ', '\0', '..', '\ud800'],
    ...['guests', 'party', 'door', 'seen', 'YQ==', 'a', 'x'.repeat(3_000), {}, [], [null], [{}], deep],
    ...[
      { S: 1 },
      { N: 'x' },
      { L: [{ M: { a: { B: '?' } } }] },
      { NULL: false },
      { SS: [] },
      { BOOL: 'yes' },
    ],
  ),
);

/** Replaces, removes or adds a member somewhere in a JSON body. */
const ofJson = fc.record({ place: fc.nat(60), how: fc.constantFrom('replace', 'remove', 'add'), value }).map(
  ({ place, how, value }): Mutation => ({
    what: `JSON: ${how} member ${place} ${JSON.stringify(value)?.slice(0, 60)}`,
    before: (request) => {
      let json: unknown;
      try {
        json = JSON.parse(request.body.toString());
      } catch {
        return request;
      }
      const members = membersOf(json);
      const member = members[place % Math.max(1, members.length)];
      if (!member) return { ...request, body: Buffer.from(JSON.stringify(value) ?? '') };
      const [holder, key] = member;
      if (how === 'remove') delete holder[key];
      else holder[how === 'add' ? `${key}x` : key] = value;
      return { ...request, body: Buffer.from(JSON.stringify(json)) };
    },
  }),
);

/** Every member of a JSON value, at any depth: what holds it, and its name there. */
function membersOf(json: unknown): [holder: Record<string, unknown>, key: string][] {
  if (typeof json !== 'object' || json === null) return [];
  const holder = json as Record<string, unknown>;
  return Object.keys(holder).flatMap(
    (key): ReturnType<typeof membersOf> => [[holder, key], ...membersOf(holder[key])],
  );
}

const fraction = fc.double({ min: 0, max: 1, noNaN: true });

/** Cuts, breaks or replaces the bytes of a body. */
const ofBytes = fc
  .record({
    at: fraction,
    how: fc.constantFrom('cut', 'flip', 'insert', 'replace', 'twice'),
    bytes: fc.uint8Array(),
  })
  .map(
    ({ at, how, bytes }): Mutation => ({
      what: `body: ${how} at ${at.toFixed(3)}`,
      before: (request) => {
        const { body } = request;
        const index = Math.floor(at * body.length);
        const changed = {
          cut: () => body.subarray(0, index),
          flip: () => body.map((byte, i) => (i === index ? byte ^ 0xff : byte)),
          insert: () => Buffer.concat([body.subarray(0, index), bytes, body.subarray(index)]),
          replace: () => Buffer.from(bytes),
          twice: () => Buffer.concat([body, body]),
        }[how as 'cut']();
        return { ...request, body: Buffer.from(changed) };
      },
    }),
  );

/** Other bodies whole: XML that is none, or that means harm; chunks that are none. */
const ofBodies = fc
  .constantFrom(
    ...['<', '<Delete>', '<Delete/>', '<Delete><Object/></Delete>', '<a><b></a></b>', '<?xml version="9"?>'],
    '<!DOCTYPE a [<!ENTITY b "bbbb"><!ENTITY c "&b;&b;&b;">]><Delete><Object><Key>&c;</Key></Object></Delete>',
    '<!DOCTYPE a [<!ENTITY f SYSTEM "file:///etc/passwd">]><Delete><Object><Key>&f;</Key></Object></Delete>',
    '<Delete><Object><Key>a</Key><Key>b</Key></Object><Object>text</Object></Delete>',
    '<CompleteMultipartUpload><Part><PartNumber>x</PartNumber></Part></CompleteMultipartUpload>',
    '<CompleteMultipartUpload><Part><PartNumber>1e9</PartNumber><ETag/></Part></CompleteMultipartUpload>',
    ...[
      '5\r\nhello',
      '-5\r\nhello\r\n0\r\n\r\n',
      'ffffffff\r\n',
      '0\r\n',
      '5;chunk-signature=x\r\nhello\r\n0\r\n\r\n',
    ],
    ...[
      'Action=',
      'Action=Publish&Action=CreateTopic',
      'Action=Publish&Message=%zz&TopicArn[]=1',
      '%',
      '&&&=&',
    ],
    '--x\r\nContent-Disposition: form-data; name="file"\r\n\r\nhalf',
  )
  .map(
    (body): Mutation => ({
      what: `body: ${body.slice(0, 60)}`,
      before: (r) => ({ ...r, body: Buffer.from(body) }),
    }),
  );

const header = (name: string, ...values: string[]) =>
  fc.constantFrom(...values).map(
    (text): Mutation => ({
      what: `${name}: ${text.slice(0, 60)}`,
      before: (request) => ({ ...request, headers: { ...request.headers, [name]: text } }),
    }),
  );

const ofHeaders = fc.oneof(
  header(
    'x-amz-target',
    ...['', '.', 'RekognitionService', 'RekognitionService.', 'RekognitionService.constructor', 'x.y.z'],
    ...['RekognitionService.DetectLabels', 'Kinesis_20131202.MergeShards', 'secretsmanager.__proto__'],
    ...['DynamoDB_20120810.', 'DynamoDB_20120810.TransactWriteItems', 'DynamoDB_20111205.GetItem'],
    ...['DynamoDB_20120810.UpdateTimeToLive', 'DynamoDB_20120810.DescribeTimeToLive'],
  ),
  header(
    'content-type',
    '',
    'text/html',
    'application/x-www-form-urlencoded',
    'multipart/form-data; boundary=x',
  ),
  header('content-encoding', 'gzip', 'aws-chunked', 'br'),
  header('content-md5', 'x', 'XUFAKrxLKna5cZ2REBfFkg=='),
  header('x-amz-checksum-crc32', '?', 'AAAAAA=='),
  header('x-amz-checksum-crc64nvme', 'AAAAAAAAAAA=', 'AAAA-3'),
  header(
    'x-amz-content-sha256',
    ...[
      '',
      'x',
      'UNSIGNED-PAYLOAD',
      'STREAMING-UNSIGNED-PAYLOAD-TRAILER',
      'STREAMING-ANYTHING',
      '0'.repeat(64),
    ],
    ...['STREAMING-AWS4-HMAC-SHA256-PAYLOAD', 'STREAMING-AWS4-HMAC-SHA256-PAYLOAD-TRAILER'],
  ),
  header('x-amz-decoded-content-length', '-1', 'x', '1e9', '5'),
  header(
    'range',
    'bytes=5-1',
    'bytes=-0',
    'bytes=99-',
    'lines=1-2',
    `bytes=${'9'.repeat(30)}-`,
    'bytes=0-1,3-4',
  ),
  header('if-match', '*', '"x"', ''),
  header('if-none-match', '*', '"x"', ','),
  header(
    'x-amz-copy-source',
    '',
    '/',
    '%zz',
    'party',
    '/party/note',
    'nowhere/x',
    'party/note?versionId=1',
    '../..',
  ),
  header('x-amz-copy-source-range', 'bytes=0-1', 'bytes=5-1', 'x'),
  header('x-amz-metadata-directive', 'REPLACE', 'x'),
  header('x-amz-meta-note', 'x'.repeat(3_000), '\xff\xfe', ' '),
  header('x-amz-invocation-type', 'Event', 'DryRun', 'Never'),
  header('x-amz-security-token', 'x'),
  header('expect', '100-continue', 'nothing'),
  header('content-length', '0', '-1', 'x', '1', '99'),
  header('transfer-encoding', 'chunked', 'gzip'),
  header('host', 'evil.example', '', '127.0.0.1'),
  header('origin', 'https://evil.example', 'null'),
);

const ofMethods = fc
  .constantFrom('GET', 'HEAD', 'PUT', 'POST', 'DELETE', 'OPTIONS', 'PATCH', 'TRACE', 'PROPFIND', 'get', 'X')
  .map((method): Mutation => ({ what: method, before: (request) => ({ ...request, method }) }));

const ofTargets = fc
  .record({
    text: fc.constantFrom(
      ...[
        '/..',
        '/../..',
        '//',
        '/%zz',
        '/%00',
        '/%2e%2e',
        '/\\',
        `/${'x'.repeat(2_000)}`,
        '/ü',
        '/ ',
        '/#a',
      ],
      ...[
        '?',
        '?=',
        '?x=%zz',
        '?&&',
        '?acl',
        '?uploads',
        '?uploadId=x',
        '?uploadId=../../x&partNumber=1',
        '?delete',
      ],
      ...['?uploadId=00000000-0000-0000-0000-000000000000&partNumber=99999', '?location', '?versionId=1'],
      ...['?max-keys=-1', '?max-keys=1e9', '?max-keys=x', '?max-buckets=0', '?list-type=9', '?marker=%00'],
      ...[
        '?list-type=2&continuation-token=%00',
        '?continuation-token=e30=',
        '?encoding-type=url&prefix=%F0%9F',
      ],
      ...['?response-content-type=%0d%0a', '?response-x=y', '?response-set-cookie=a', '?delimiter=%F0'],
      ...[
        '?X-Amz-Signature=0',
        '?X-Amz-Signature=0&X-Amz-Expires=9e9',
        '?AWSAccessKeyId=x&Signature=y&Expires=z',
      ],
    ),
    how: fc.constantFrom('append', 'replace'),
  })
  .map(
    ({ text, how }): Mutation => ({
      what: `target: ${how} ${text.slice(0, 60)}`,
      before: (request) => ({
        ...request,
        target: how === 'replace' ? `/${text.replace(/^\//, '')}` : request.target + text,
      }),
    }),
  );

const wholeTargets = fc
  .constantFrom('*', '', 'x', 'http://evil.example/', 'http://', '/'.repeat(500), '127.0.0.1:80')
  .map(
    (target): Mutation => ({
      what: `target: ${target.slice(0, 60)}`,
      before: (request) => ({ ...request, target }),
    }),
  );

const ofServices = fc.constantFrom('rekognition', 's3', 'sns', 'lambda', 'sts', '').map(
  (service): Mutation => ({
    what: `signed for ${service}`,
    before: (request) => ({ ...request, service }),
  }),
);

const changeHeader = (name: string, change: (text: string) => string) => (request: WireRequest) => ({
  ...request,
  headers: { ...request.headers, [name]: change(request.headers[name] ?? '') },
});

const ofSignatures = fc.constantFrom<Mutation>(
  { what: 'no signature', after: changeHeader('authorization', () => '') },
  { what: 'Bearer', after: changeHeader('authorization', () => 'Bearer x') },
  { what: 'half a signature', after: changeHeader('authorization', (text) => text.slice(0, -10)) },
  { what: 'half an authorization', after: changeHeader('authorization', (text) => text.slice(0, 70)) },
  { what: 'another key', after: changeHeader('authorization', (text) => text.replace('AKIA', 'ASIA')) },
  { what: 'a short scope', after: changeHeader('authorization', (text) => text.replace('/us-east-1', '')) },
  {
    what: 'signed headers that are none',
    after: changeHeader('authorization', (t) => t.replace('host', 'x;;host')),
  },
  { what: 'a date that is none', after: changeHeader('x-amz-date', () => '20269999T999999Z') },
  { what: 'an empty date', after: changeHeader('x-amz-date', () => '') },
  {
    what: 'another body than was signed',
    after: (request) => ({ ...request, body: Buffer.from(request.body).reverse() }),
  },
  { what: 'a body that ends early', after: (r) => ({ ...r, body: r.body.subarray(0, r.body.length / 2) }) },
);

/** One thing wrong with a request. */
export const mutation: fc.Arbitrary<Mutation> = fc.oneof(
  { weight: 6, arbitrary: ofJson },
  { weight: 3, arbitrary: ofBytes },
  { weight: 3, arbitrary: ofBodies },
  { weight: 4, arbitrary: ofHeaders },
  { weight: 2, arbitrary: ofMethods },
  { weight: 3, arbitrary: ofTargets },
  { weight: 1, arbitrary: wholeTargets },
  { weight: 1, arbitrary: ofServices },
  { weight: 2, arbitrary: ofSignatures },
);

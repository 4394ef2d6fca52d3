import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { checkSignature } from '../../../local/aws/authentication.ts';
import { readSignature } from '../../../local/aws/authorization.ts';
import type { LocalRequest } from '../../../local/aws/service.ts';
import { SignatureError, type SignatureFault } from '../../../local/aws/signature.ts';

/** The examples of "Signature Calculations for the Authorization Header" in the S3 API reference. */
const credentials = {
  accessKeyId: 'AKIAIOSFODNN7EXAMPLE',
  secretAccessKey: 'wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY',
};
const exampleTime = Date.UTC(2013, 4, 24);
const empty = 'e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855';

const presignedExample =
  '/test.txt?X-Amz-Algorithm=AWS4-HMAC-SHA256&X-Amz-Credential=AKIAIOSFODNN7EXAMPLE%2F20130524%2Fus-east-1%2Fs3%2Faws4_request' +
  '&X-Amz-Date=20130524T000000Z&X-Amz-Expires=86400&X-Amz-SignedHeaders=host' +
  '&X-Amz-Signature=aeeed9bbccd4d02ee5c0109b86d86835f995330da4c265957d157751f604d404';

const headers = {
  host: 'examplebucket.s3.amazonaws.com',
  range: 'bytes=0-9',
  'x-amz-content-sha256': empty,
  'x-amz-date': '20130524T000000Z',
  authorization:
    'AWS4-HMAC-SHA256 Credential=AKIAIOSFODNN7EXAMPLE/20130524/us-east-1/s3/aws4_request,' +
    'SignedHeaders=host;range;x-amz-content-sha256;x-amz-date,' +
    'Signature=f0e8bdb87c964420e857bd35b5d6ed310bd44f0170aba48dd91039c6036bdb41',
};

const presigned = (target = presignedExample) => request(target, { host: headers.host });
const signed = (changes: Record<string, string> = {}) => request('/test.txt', { ...headers, ...changes });

function request(
  target: string,
  headers: Record<string, string>,
  body: string | Buffer = '',
  method = 'GET',
): LocalRequest {
  return {
    method,
    target,
    url: new URL(`http://${headers.host}${target}`),
    headers,
    body: Buffer.from(body),
  };
}

function faultOf(input: LocalRequest, now = exampleTime, signingName?: string): SignatureFault | 'none' {
  try {
    checkSignature(input, credentials, { now, signingName });
    return 'none';
  } catch (error) {
    assert.ok(error instanceof SignatureError);
    return error.fault;
  }
}

describe('a signature', () => {
  test('of AWS’s own examples is accepted, in the header and in the URL', () => {
    assert.equal(faultOf(signed()), 'none');
    assert.equal(faultOf(presigned()), 'none');
  });

  test('of AWS’s example for a service that is not S3 is accepted', () => {
    const target = '/?Action=ListUsers&Version=2010-05-08';
    const headers = {
      host: 'iam.amazonaws.com',
      'content-type': 'application/x-www-form-urlencoded; charset=utf-8',
      'x-amz-date': '20150830T123600Z',
      authorization:
        'AWS4-HMAC-SHA256 Credential=AKIDEXAMPLE/20150830/us-east-1/iam/aws4_request, ' +
        'SignedHeaders=content-type;host;x-amz-date, ' +
        'Signature=5d672d79c15b13162d9279b0855cfba6789a8edb4c82c400e06b5924a6f2b5d7',
    };
    const credentials = {
      accessKeyId: 'AKIDEXAMPLE',
      secretAccessKey: 'wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY',
    };
    const signed = request(target, headers);
    checkSignature(signed, credentials, { now: Date.UTC(2015, 7, 30, 12, 36), signingName: 'iam' });
    assert.equal(readSignature(signed).scope, '20150830/us-east-1/iam/aws4_request');
  });

  const refused: [what: string, fault: SignatureFault, request: LocalRequest, now?: number][] = [
    ['no signature', 'missing', request('/test.txt', { host: headers.host })],
    ['another path', 'mismatch', request('/other.txt', headers)],
    ['another signed header', 'mismatch', signed({ range: 'bytes=0-99' })],
    ['another query', 'mismatch', presigned(`${presignedExample}&response-content-type=text%2Fhtml`)],
    ['a longer life than was signed', 'mismatch', presigned(presignedExample.replace('=86400', '=96400'))],
    [
      'a signature that is no hex',
      'mismatch',
      signed({ authorization: headers.authorization.replace(/=f0e8\w+$/, '=zz') }),
    ],
    [
      'an unknown key',
      'unknown-key',
      presigned(presignedExample.replace('AKIAIOSFODNN7EXAMPLE', 'AKIAOTHER')),
    ],
    ['another body than was hashed', 'payload', request('/test.txt', headers, 'more')],
    ['a header signed 16 minutes ago', 'skewed', signed(), exampleTime + 16 * 60_000],
    ['a header signed 16 minutes ahead', 'skewed', signed(), exampleTime - 16 * 60_000],
    ['a presigned URL after its end', 'expired', presigned(), exampleTime + 86_401_000],
    ['a presigned URL of eight days', 'incomplete', presigned(presignedExample.replace('=86400', '=691200'))],
    [
      'another algorithm',
      'incomplete',
      signed({ authorization: headers.authorization.replace('HMAC', 'ECDSA') }),
    ],
    ['an authorization that is none', 'incomplete', signed({ authorization: 'Bearer x' })],
    ['a date that is none', 'incomplete', signed({ 'x-amz-date': '20130524Tnoon' })],
    ['no signed host', 'incomplete', signed({ authorization: headers.authorization.replace('host;', '') })],
  ];
  for (const [what, fault, input, now] of refused) {
    test(`with ${what} is refused`, () => assert.equal(faultOf(input, now), fault));
  }

  test('for another service, or with a header of S3 that is not signed, is refused', () => {
    assert.equal(faultOf(signed(), exampleTime, 's3'), 'none');
    assert.equal(faultOf(signed(), exampleTime, 'rekognition'), 'mismatch');
    const copying = { host: headers.host, 'x-amz-copy-source': '/other/secret' };
    assert.equal(faultOf(request(presignedExample, copying)), 'unsigned-header');
  });
});

/** The example of "Signing and authenticating REST requests" in the S3 user guide, path-style. */
const version2 =
  '/johnsmith/photos/puppy.jpg?AWSAccessKeyId=AKIAIOSFODNN7EXAMPLE' +
  '&Signature=NpgCjnDzrM%2BWFzoENXmpNDUsSn8%3D&Expires=1175139620';
const beforeEnd = 1175139600_000;

describe('a URL presigned by Signature Version 2', () => {
  const faultFor = (target: string, now = beforeEnd, signingName = 's3', method = 'GET') =>
    faultOf(request(target, { host: headers.host }, '', method), now, signingName);

  test('of AWS’s own example is accepted by S3 until it ends, and by no other service', () => {
    assert.equal(faultFor(version2), 'none');
    assert.equal(faultFor(version2, beforeEnd + 21_000), 'expired');
    assert.equal(faultFor(version2, beforeEnd, 'lambda'), 'missing');
  });

  test('is refused for another object, method, end, key, header or answer', () => {
    assert.equal(faultFor(version2.replace('puppy', 'kitten')), 'mismatch');
    assert.equal(faultFor(version2, beforeEnd, 's3', 'DELETE'), 'mismatch');
    assert.equal(faultFor(version2.replace('1175139620', '1275139620')), 'mismatch');
    assert.equal(faultFor(version2.replace('AKIAIOSFODNN7EXAMPLE', 'AKIAOTHER')), 'unknown-key');
    assert.equal(faultFor(`${version2}&response-content-type=text/html`), 'mismatch');
    assert.equal(faultFor(version2.replace(/&Signature=[^&]+/, '')), 'missing');
    assert.equal(faultFor(version2.replace('1175139620', 'soon')), 'missing');
    const more = request(version2, { host: headers.host, 'x-amz-meta-of': 'me' });
    assert.equal(faultOf(more, beforeEnd, 's3'), 'mismatch');
  });
});

/**
 * The examples of "Signature calculations for the authorization header" for chunked uploads, without and with trailers.
 */
const chunkedExample = {
  host: 's3.amazonaws.com',
  'content-encoding': 'aws-chunked',
  'x-amz-date': '20130524T000000Z',
  'x-amz-decoded-content-length': '66560',
  'x-amz-storage-class': 'REDUCED_REDUNDANCY',
};
const plain = {
  headers: {
    ...chunkedExample,
    'content-length': '66824',
    'x-amz-content-sha256': 'STREAMING-AWS4-HMAC-SHA256-PAYLOAD',
    authorization: authorization(
      'content-encoding;content-length;host;x-amz-content-sha256;x-amz-date;x-amz-decoded-content-length;x-amz-storage-class',
      '4f232c4386841ef735655705268965c44a0e4690baa4adea153f7db9fa80a0a9',
    ),
  },
  body: chunked([
    'ad80c730a21e5b8d04586a2213dd63b9a0e99e0e2307b0ade35a65485a288648',
    '0055627c9e194cb4542bae2aa5492e3c1575bbb81b612b7d234b86a503ef5497',
    'b6c6ea8a5354eaf15b3cb7646744f4275b71ea724fed81ceb9323e279d449df9',
  ]),
};
const trailing = {
  headers: {
    ...chunkedExample,
    'x-amz-content-sha256': 'STREAMING-AWS4-HMAC-SHA256-PAYLOAD-TRAILER',
    'x-amz-trailer': 'x-amz-checksum-crc32c',
    authorization: authorization(
      'content-encoding;host;x-amz-content-sha256;x-amz-date;x-amz-decoded-content-length;x-amz-storage-class;x-amz-trailer',
      '106e2a8a18243abcf37539882f36619c00e2dfc72633413f02d3b74544bfeb8e',
    ),
  },
  body: chunked(
    [
      'b474d8862b1487a5145d686f57f013e54db672cee1c953b3010fb58501ef5aa2',
      '1c1344b170168f8e65b41376b44b20fe354e373826ccbbe2c1d40a8cae51e5c7',
      '2ca2aba2005185cf7159c6277faf83795951dd77a3a99e6e65d5c9f85863f992',
    ],
    'x-amz-checksum-crc32c:sOO8/Q==\r\n' +
      'x-amz-trailer-signature:d81f82fc3505edab99d459891051a732e8730629a2e4a59689829ca17fe2e435\r\n\r\n',
  ),
};

function authorization(signedHeaders: string, signature: string): string {
  const credential = 'AKIAIOSFODNN7EXAMPLE/20130524/us-east-1/s3/aws4_request';
  return `AWS4-HMAC-SHA256 Credential=${credential},SignedHeaders=${signedHeaders},Signature=${signature}`;
}

/** 65 KiB of the letter a in a chunk of 64, one of 1, and the empty one that ends them. */
function chunked(signatures: readonly string[], end = '\r\n'): string {
  const sizes = [65_536, 1024, 0];
  const chunks = sizes.map(
    (size, i) =>
      `${size.toString(16)};chunk-signature=${signatures[i]}\r\n${'a'.repeat(size)}${size ? '\r\n' : ''}`,
  );
  return chunks.join('') + end;
}

describe('the chunks of an upload', () => {
  const faultFor = ({ headers, body }: { headers: Record<string, string>; body: string }) =>
    faultOf(request('/examplebucket/chunkObject.txt', headers, body, 'PUT'), exampleTime, 's3');

  test('of AWS’s own examples are accepted, with trailers and without', () => {
    assert.equal(faultFor(plain), 'none');
    assert.equal(faultFor(trailing), 'none');
  });

  const tampered: [what: string, upload: typeof plain | typeof trailing][] = [
    ['another byte', { ...plain, body: plain.body.replace('aaa\r\n', 'aab\r\n') }],
    ['another signature', { ...plain, body: plain.body.replace('=0055', '=0056') }],
    ['no signatures', { ...plain, body: plain.body.replace(/;chunk-signature=\w+/g, '') }],
    ['another last chunk', { ...plain, body: plain.body.replace('=b6c6', '=b6c7') }],
    ['another checksum after them', { ...trailing, body: trailing.body.replace('sOO8', 'sOO9') }],
    [
      'a checksum that nobody signed',
      { ...trailing, body: trailing.body.replace(/x-amz-trailer-signature.*\r\n/, '') },
    ],
  ];
  for (const [what, upload] of tampered) {
    test(`with ${what} are refused`, () => assert.equal(faultFor(upload), 'mismatch'));
  }
});

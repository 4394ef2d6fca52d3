import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { checkSignature } from '../../../local/aws/authentication.ts';
import type { LocalRequest } from '../../../local/aws/service.ts';
import { SignatureError, type SignatureFault } from '../../../local/aws/signature.ts';
import { readSignature } from '../../../local/aws/signature-v4.ts';

/** The examples of "Signature Calculations for the Authorization Header" in the S3 API reference. */
const CREDENTIALS = {
  accessKeyId: 'AKIAIOSFODNN7EXAMPLE',
  secretAccessKey: 'wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY',
};
const NOW = Date.UTC(2013, 4, 24);
const EMPTY = 'e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855';

const PRESIGNED =
  '/test.txt?X-Amz-Algorithm=AWS4-HMAC-SHA256&X-Amz-Credential=AKIAIOSFODNN7EXAMPLE%2F20130524%2Fus-east-1%2Fs3%2Faws4_request' +
  '&X-Amz-Date=20130524T000000Z&X-Amz-Expires=86400&X-Amz-SignedHeaders=host' +
  '&X-Amz-Signature=aeeed9bbccd4d02ee5c0109b86d86835f995330da4c265957d157751f604d404';

const HEADERS = {
  host: 'examplebucket.s3.amazonaws.com',
  range: 'bytes=0-9',
  'x-amz-content-sha256': EMPTY,
  'x-amz-date': '20130524T000000Z',
  authorization:
    'AWS4-HMAC-SHA256 Credential=AKIAIOSFODNN7EXAMPLE/20130524/us-east-1/s3/aws4_request,' +
    'SignedHeaders=host;range;x-amz-content-sha256;x-amz-date,' +
    'Signature=f0e8bdb87c964420e857bd35b5d6ed310bd44f0170aba48dd91039c6036bdb41',
};

const presigned = (target = PRESIGNED) => request(target, { host: HEADERS.host });
const signed = (changes: Record<string, string> = {}) => request('/test.txt', { ...HEADERS, ...changes });

function request(target: string, headers: Record<string, string>, body = ''): LocalRequest {
  return {
    method: 'GET',
    target,
    url: new URL(`http://${headers.host}${target}`),
    headers,
    body: Buffer.from(body),
  };
}

function faultOf(input: LocalRequest, now = NOW): SignatureFault | 'none' {
  try {
    checkSignature(input, CREDENTIALS, { now });
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
    ['no signature', 'missing', request('/test.txt', { host: HEADERS.host })],
    ['another path', 'mismatch', request('/other.txt', HEADERS)],
    ['another signed header', 'mismatch', signed({ range: 'bytes=0-99' })],
    ['another query', 'mismatch', presigned(`${PRESIGNED}&response-content-type=text%2Fhtml`)],
    ['a longer life than was signed', 'mismatch', presigned(PRESIGNED.replace('=86400', '=96400'))],
    [
      'a signature that is no hex',
      'mismatch',
      signed({ authorization: HEADERS.authorization.replace(/=f0e8\w+$/, '=zz') }),
    ],
    ['an unknown key', 'unknown-key', presigned(PRESIGNED.replace('AKIAIOSFODNN7EXAMPLE', 'AKIAOTHER'))],
    ['another body than was hashed', 'payload', request('/test.txt', HEADERS, 'more')],
    ['a header signed 16 minutes ago', 'skewed', signed(), NOW + 16 * 60_000],
    ['a header signed 16 minutes ahead', 'skewed', signed(), NOW - 16 * 60_000],
    ['a presigned URL after its end', 'expired', presigned(), NOW + 86_401_000],
    ['a presigned URL of eight days', 'incomplete', presigned(PRESIGNED.replace('=86400', '=691200'))],
    [
      'another algorithm',
      'incomplete',
      signed({ authorization: HEADERS.authorization.replace('HMAC', 'ECDSA') }),
    ],
    ['an authorization that is none', 'incomplete', signed({ authorization: 'Bearer x' })],
    ['a date that is none', 'incomplete', signed({ 'x-amz-date': '20130524Tnoon' })],
    ['no signed host', 'incomplete', signed({ authorization: HEADERS.authorization.replace('host;', '') })],
  ];
  for (const [what, fault, input, now] of refused) {
    test(`with ${what} is refused`, () => assert.equal(faultOf(input, now), fault));
  }
});

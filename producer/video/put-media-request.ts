import type { RequestOptions } from 'node:http';
import { SignatureV4 } from '@smithy/signature-v4';

type Signing = ConstructorParameters<typeof SignatureV4>[0];

/** Which upload is asked for, and by whom. */
export interface PutMediaRequest {
  /** The stream's data endpoint, as GetDataEndpoint says it for `PUT_MEDIA`. */
  readonly endpoint: string;
  readonly region: string;
  readonly streamName: string;
  readonly credentials: Signing['credentials'];
  /** When the first fragment begins, milliseconds since 1970. */
  readonly startTime: number;
  /** When it is signed, milliseconds since 1970. */
  readonly now: number;
  readonly userAgent: string;
  readonly sha256: Signing['sha256'];
}

/** What AWS's own producer signs besides `host` and `x-amz-*`; left out, other signers' habit, would do as well. */
const signedToo = ['connection', 'transfer-encoding', 'user-agent'];

/**
 * The head of a PutMedia request (API reference, PutMedia), with the headers and the signature of AWS's own producer
 * (amazon-kinesis-video-streams-producer-c: CurlApiCallbacks.c, AwsV4Signer.c): Signature Version 4 for `kinesisvideo`.
 * The body is still to come, so what is signed in its place is the hash of nothing.
 */
export async function putMediaRequest(upload: PutMediaRequest): Promise<RequestOptions> {
  const { endpoint, region, streamName, credentials, startTime, now, userAgent, sha256 } = upload;
  const { protocol, hostname, port, host } = new URL('/putMedia', endpoint);
  const headers = {
    host,
    connection: 'keep-alive',
    'transfer-encoding': 'chunked',
    'user-agent': userAgent,
    'x-amzn-fragment-acknowledgment-required': '1',
    'x-amzn-fragment-timecode-type': 'ABSOLUTE',
    'x-amzn-producer-start-timestamp': (startTime / 1000).toFixed(3),
    'x-amzn-stream-name': streamName,
  };
  const signer = new SignatureV4({
    service: 'kinesisvideo',
    region,
    credentials,
    sha256,
    applyChecksum: false,
  });
  const signed = await signer.sign(
    { method: 'POST', protocol, hostname, path: '/putMedia', query: {}, headers },
    { signingDate: new Date(now), signableHeaders: new Set(signedToo) },
  );
  return {
    method: 'POST',
    protocol,
    hostname: hostname.replace(/^\[|\]$/g, ''),
    ...(port && { port }),
    path: '/putMedia',
    headers: { ...signed.headers, 'content-type': 'application/json', expect: '100-continue' },
  };
}

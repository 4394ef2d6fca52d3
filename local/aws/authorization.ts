import type { RequestHead } from './service.ts';
import { SignatureError } from './signature.ts';

/** What a request says about its own signature (Signature Version 4, in the header or in a presigned URL). */
export interface Signature {
  readonly presigned: boolean;
  readonly accessKeyId: string;
  /** date/region/service/aws4_request */
  readonly scope: string;
  readonly signedHeaders: readonly string[];
  readonly signature: string;
  /** As written: 20261123T190000Z. */
  readonly date: string;
  /** Seconds a presigned URL is good for. */
  readonly expires: number | undefined;
}

/** The one algorithm there is of Version 4; it begins the header and the text that is signed. */
export const signatureAlgorithm = 'AWS4-HMAC-SHA256';

/** @throws SignatureError if there is none, or not all of it */
export function readSignature({ headers, url }: RequestHead): Signature {
  const query = url.searchParams;
  const header = headers.authorization;
  if (header === undefined && !query.has('X-Amz-Signature')) {
    throw new SignatureError('missing', 'The request is not signed.');
  }
  const presigned = header === undefined;
  const algorithm = presigned ? query.get('X-Amz-Algorithm') : header.split(' ')[0];
  const field = (name: string) =>
    (presigned ? query.get(`X-Amz-${name}`) : new RegExp(`[ ,]${name}=([^, ]+)`).exec(header)?.[1]) ?? '';
  const [accessKeyId = '', ...scope] = field('Credential').split('/');
  const signature: Signature = {
    presigned,
    accessKeyId,
    scope: scope.join('/'),
    signedHeaders: field('SignedHeaders').split(';').filter(Boolean),
    signature: field('Signature'),
    date: String((presigned ? query.get('X-Amz-Date') : headers['x-amz-date']) ?? ''),
    expires: presigned ? Number(query.get('X-Amz-Expires') ?? Number.NaN) : undefined,
  };
  const whole =
    algorithm === signatureAlgorithm &&
    scope.length === 4 &&
    signature.date.startsWith(`${scope[0]}T`) &&
    // Over HTTP/2 the SDK signs the host by its name there.
    (signature.signedHeaders.includes('host') || signature.signedHeaders.includes(':authority'));
  if (!whole) throw new SignatureError('incomplete', 'The authorization of this request is incomplete.');
  return signature;
}

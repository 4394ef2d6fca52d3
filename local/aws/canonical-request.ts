import type { Signature } from './authorization.ts';
import type { RequestHead } from './service.ts';

/**
 * The text that a Signature Version 4 is computed over ("Create a canonical request" in the IAM user guide):
 * method, path, query, headers, and the hash of the body.
 */
export function canonicalRequest(request: RequestHead, signature: Signature, payloadHash: string): string {
  const forS3 = signature.scope.split('/')[2] === 's3';
  const [path = '/', query = ''] = splitOnce(request.target, '?');
  return [
    request.method,
    forS3 ? encodePath(path, (segment) => encode(decode(segment))) : encodePath(normal(path), encode),
    canonicalQuery(query),
    ...signature.signedHeaders.map((name) => `${name}:${headerValue(request, name)}`),
    '',
    signature.signedHeaders.join(';'),
    payloadHash,
  ].join('\n');
}

/** What a request says its body's hash is; undefined if it says nothing, and the body itself is to be asked. */
export function declaredHash(
  { headers, url }: RequestHead,
  { presigned, scope }: Signature,
): string | undefined {
  const declared = headers['x-amz-content-sha256'] ?? url.searchParams.get('X-Amz-Content-Sha256');
  if (typeof declared === 'string') return declared;
  return presigned && scope.split('/')[2] === 's3' ? 'UNSIGNED-PAYLOAD' : undefined;
}

function canonicalQuery(query: string): string {
  return query
    .split('&')
    .filter((pair) => pair !== '' && !pair.startsWith('X-Amz-Signature='))
    .map((pair) => splitOnce(pair, '=').map((part = '') => encode(decode(part))) as [string, string?])
    .sort(([a, x = ''], [b, y = '']) => compare(a, b) || compare(x, y))
    .map(([name, value = '']) => `${name}=${value}`)
    .join('&');
}

function headerValue({ headers }: RequestHead, name: string): string {
  const value = headers[name === ':authority' ? 'host' : name];
  return (Array.isArray(value) ? value.join(',') : (value ?? '')).trim().replace(/ +/g, ' ');
}

/** Every service but S3 signs the path without `.` and `..`, encoded once more than it travels. */
function normal(path: string): string {
  const kept: string[] = [];
  for (const segment of path.split('/')) {
    if (segment === '..') kept.pop();
    else if (segment !== '.' && segment !== '') kept.push(segment);
  }
  return `/${kept.join('/')}${kept.length > 0 && path.endsWith('/') ? '/' : ''}`;
}

function encodePath(path: string, segment: (text: string) => string): string {
  return path.split('/').map(segment).join('/');
}

/** RFC 3986: all but letters, digits, `-`, `.`, `_` and `~`. */
function encode(text: string): string {
  return encodeURIComponent(text).replace(
    /[!'()*]/g,
    (c) => `%${c.charCodeAt(0).toString(16).toUpperCase()}`,
  );
}

function decode(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

function splitOnce(text: string, separator: string): [string, string?] {
  const at = text.indexOf(separator);
  return at < 0 ? [text] : [text.slice(0, at), text.slice(at + 1)];
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}

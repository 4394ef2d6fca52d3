import { s3Error } from './s3-error.ts';

/** A body taken out of its `aws-chunked` wrapping, with the trailing headers that followed it. */
export interface ChunkedBody {
  readonly body: Buffer;
  readonly trailers: Readonly<Record<string, string>>;
}

/**
 * Decodes an `aws-chunked` body: each chunk is its length in hex, CRLF, the bytes, CRLF; after the last, of
 * length 0, come the trailers, one a line.
 * @throws AwsError IncompleteBody if it ends early or is not of this form
 */
export function decodeChunked(wrapped: Buffer): ChunkedBody {
  const chunks: Buffer[] = [];
  let position = 0;
  for (;;) {
    const lineEnd = wrapped.indexOf('\r\n', position);
    const size = lineEnd < 0 ? '' : (wrapped.toString('latin1', position, lineEnd).split(';')[0] ?? '');
    if (!/^[0-9a-f]{1,8}$/i.test(size)) throw s3Error('IncompleteBody');
    const start = lineEnd + 2;
    const end = start + Number.parseInt(size, 16);
    if (end === start)
      return { body: Buffer.concat(chunks), trailers: parseTrailers(wrapped.subarray(start)) };
    if (wrapped.toString('latin1', end, end + 2) !== '\r\n') throw s3Error('IncompleteBody');
    chunks.push(wrapped.subarray(start, end));
    position = end + 2;
  }
}

function parseTrailers(rest: Buffer): Record<string, string> {
  const trailers: Record<string, string> = {};
  for (const line of rest.toString('latin1').split(/\r?\n/)) {
    const colon = line.indexOf(':');
    if (colon > 0) trailers[line.slice(0, colon).trim().toLowerCase()] = line.slice(colon + 1).trim();
  }
  return trailers;
}

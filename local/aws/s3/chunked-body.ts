import { s3Error } from './s3-error.ts';

/** A piece of a body, and its signature in hex: empty if it has none. */
export interface Chunk {
  readonly bytes: Buffer;
  readonly signature: string;
}

/** A body taken out of its `aws-chunked` wrapping, with the trailing headers that followed it. */
export interface ChunkedBody {
  /** The last one is empty. */
  readonly chunks: readonly Chunk[];
  readonly trailers: Readonly<Record<string, string>>;
}

/**
 * Decodes an `aws-chunked` body: each chunk is its length in hex and perhaps `;chunk-signature=…`, CRLF, the
 * bytes, CRLF; after the last, of length 0, come the trailers, one a line.
 * @throws AwsError IncompleteBody if it ends early or is not of this form
 */
export function decodeChunked(wrapped: Buffer): ChunkedBody {
  const chunks: Chunk[] = [];
  let position = 0;
  for (;;) {
    const lineEnd = wrapped.indexOf('\r\n', position);
    const line = lineEnd < 0 ? '' : wrapped.toString('latin1', position, lineEnd);
    const [, size, signature = ''] =
      /^([0-9a-f]{1,8})(?:;chunk-signature=([0-9a-f]{64}))?$/i.exec(line) ?? [];
    if (size === undefined) throw s3Error('IncompleteBody');
    const start = lineEnd + 2;
    const end = start + Number.parseInt(size, 16);
    chunks.push({ bytes: wrapped.subarray(start, end), signature });
    if (end === start) return { chunks, trailers: parseTrailers(wrapped.subarray(start)) };
    if (wrapped.toString('latin1', end, end + 2) !== '\r\n') throw s3Error('IncompleteBody');
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

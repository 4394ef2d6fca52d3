import { createReadStream } from 'node:fs';
import { stat } from 'node:fs/promises';
import { Readable } from 'node:stream';

/** Types that a browser may show where they stand; everything else is only ever downloaded. */
const shown = /^(image\/(jpeg|png|gif|webp)|audio\/|video\/)/;

/** The bytes wanted, both ends included. */
interface Span {
  readonly start: number;
  readonly end: number;
}

/**
 * A file as an HTTP answer. One byte range is honoured (RFC 9110, 14.2), so that a player can seek. What was
 * sent by a stranger can never run as a page of ours.
 */
export async function fileResponse(
  place: string,
  mimeType: string,
  range: string | undefined,
): Promise<Response> {
  const { size } = await stat(place);
  const span = range === undefined ? undefined : spanOf(range, size);
  const headers = new Headers({
    'accept-ranges': 'bytes',
    'content-type': shown.test(mimeType) ? mimeType : 'application/octet-stream',
    'content-disposition': shown.test(mimeType) ? 'inline' : 'attachment',
    'content-security-policy': "default-src 'none'; sandbox",
    'cross-origin-resource-policy': 'same-origin',
    'x-content-type-options': 'nosniff',
    'cache-control': 'private, max-age=3600',
  });
  if (span === 'beyond') {
    headers.set('content-range', `bytes */${size}`);
    return new Response(null, { status: 416, headers });
  }
  const { start, end } = span ?? { start: 0, end: size - 1 };
  headers.set('content-length', String(end - start + 1));
  if (span !== undefined) headers.set('content-range', `bytes ${start}-${end}/${size}`);
  const body = Readable.toWeb(createReadStream(place, { start, end })) as ReadableStream;
  return new Response(body, { status: span === undefined ? 200 : 206, headers });
}

/** The span of a Range header; undefined for one that is to be ignored, as several ranges are. */
function spanOf(range: string, size: number): Span | 'beyond' | undefined {
  const match = /^bytes=(\d*)-(\d*)$/.exec(range.trim());
  if (match === null || match[0] === 'bytes=-') return undefined;
  const [, from = '', to = ''] = match;
  const start = from === '' ? Math.max(size - Number(to), 0) : Number(from);
  const end = from === '' || to === '' ? size - 1 : Math.min(Number(to), size - 1);
  if (start >= size || (from === '' && Number(to) === 0)) return 'beyond';
  return end < start ? undefined : { start, end };
}

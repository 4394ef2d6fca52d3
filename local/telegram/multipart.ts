/** One part of a multipart/form-data body. */
export interface Part {
  readonly name: string;
  /** Parts with a file name are files. */
  readonly filename?: string;
  readonly contentType?: string;
  readonly body: Buffer;
}

/** The body is not multipart/form-data as its header says. */
export class MultipartError extends Error {
  override name = 'MultipartError';
}

const line = '\r\n';

/**
 * Reads multipart/form-data (RFC 7578). Node's own reader refuses what Telegram takes and grammY sends:
 * header names in lower case without a blank, and file names without quotes.
 * @throws MultipartError
 */
export function readMultipart(body: Buffer, contentType: string): Part[] {
  const match = /boundary=(?:"([^"]+)"|([^;\s]+))/i.exec(contentType);
  const boundary = match?.[1] ?? match?.[2];
  if (boundary === undefined) throw new MultipartError('The boundary is missing.');
  const opening = Buffer.from(`--${boundary}`);
  const separator = Buffer.from(`${line}--${boundary}`);
  const parts: Part[] = [];
  if (!body.subarray(0, opening.length).equals(opening))
    throw new MultipartError('The first boundary is missing.');
  let at = opening.length;
  while (body.toString('latin1', at, at + 2) === line) {
    const headEnd = body.indexOf(line + line, at);
    const end = body.indexOf(separator, at);
    if (headEnd === -1 || end === -1) throw new MultipartError('The body ends in the middle of a part.');
    const start = headEnd + 2 * line.length;
    parts.push(partOf(body.toString('utf8', at + 2, headEnd), body.subarray(Math.min(start, end), end)));
    at = end + separator.length;
  }
  if (body.toString('latin1', at, at + 2) !== '--') throw new MultipartError('The last boundary is missing.');
  return parts;
}

function partOf(head: string, body: Buffer): Part {
  const headers = new Map(
    head.split(line).map((line): [string, string] => {
      const colon = line.indexOf(':');
      return [line.slice(0, colon).trim().toLowerCase(), line.slice(colon + 1).trim()];
    }),
  );
  const disposition = headers.get('content-disposition') ?? '';
  const name = parameter(disposition, 'name');
  const filename = parameter(disposition, 'filename');
  const contentType = headers.get('content-type');
  if (name === undefined) throw new MultipartError('A part has no name.');
  return {
    name,
    ...(filename === undefined ? {} : { filename }),
    ...(contentType === undefined ? {} : { contentType }),
    body,
  };
}

function parameter(disposition: string, name: string): string | undefined {
  const match = new RegExp(`;\\s*${name}=(?:"([^"]*)"|([^;]*))`, 'i').exec(disposition);
  const value = match?.[1] ?? match?.[2]?.trim();
  // Browsers write a quote in a file name as %22 (HTML standard, multipart/form-data encoding).
  return value?.replaceAll('%22', '"').replaceAll('%0D', '\r').replaceAll('%0A', '\n');
}

import { readParts } from '../http/multipart.ts';

/** A file in a request. */
export interface Upload {
  readonly name: string;
  readonly bytes: Buffer;
}

/** A request's fields and files, however they were sent. */
export interface Body {
  readonly fields: ReadonlyMap<string, unknown>;
  readonly files: ReadonlyMap<string, Upload>;
}

/** The body is larger than what is allowed. */
export class BodyTooLarge extends Error {
  override name = 'BodyTooLarge';
}

/** The body is not what its content type says. */
export class BodyUnreadable extends Error {
  override name = 'BodyUnreadable';
}

/**
 * Reads a body of JSON, a form or multipart/form-data; the query string's fields come first.
 * @throws BodyTooLarge, BodyUnreadable
 */
export async function readBody(request: Request, maxBytes: number): Promise<Body> {
  const fields = new Map<string, unknown>(new URL(request.url).searchParams);
  const files = new Map<string, Upload>();
  const type = request.headers.get('content-type') ?? '';
  const bytes = await readBytes(request, maxBytes);
  try {
    if (/^multipart\/form-data/i.test(type)) {
      for (const { name, filename, body } of await readParts(oneChunk(bytes), type)) {
        if (filename === undefined) fields.set(name, body.toString('utf8'));
        else files.set(name, { name: filename, bytes: body });
      }
    } else if (/^application\/json/i.test(type)) {
      for (const [name, value] of Object.entries(readObject(bytes))) fields.set(name, value);
    } else if (/^application\/x-www-form-urlencoded/i.test(type)) {
      for (const [name, value] of new URLSearchParams(bytes.toString('utf8'))) fields.set(name, value);
    }
  } catch (cause) {
    throw new BodyUnreadable(cause instanceof Error ? cause.message : String(cause), { cause });
  }
  return { fields, files };
}

async function* oneChunk(bytes: Buffer): AsyncGenerator<Buffer> {
  yield bytes;
}

function readObject(bytes: Buffer): object {
  if (bytes.length === 0) return {};
  const value: unknown = JSON.parse(bytes.toString('utf8'));
  if (typeof value !== 'object' || value === null || Array.isArray(value))
    throw new Error('A JSON object is expected.');
  return value;
}

async function readBytes(request: Request, maxBytes: number): Promise<Buffer> {
  const declared = Number(request.headers.get('content-length') ?? 0);
  if (declared > maxBytes) throw new BodyTooLarge(`More than ${maxBytes} bytes.`);
  const chunks: Uint8Array[] = [];
  let size = 0;
  for await (const chunk of (request.body ?? []) as AsyncIterable<Uint8Array>) {
    size += chunk.length;
    if (size > maxBytes) throw new BodyTooLarge(`More than ${maxBytes} bytes.`);
    chunks.push(chunk);
  }
  return Buffer.concat(chunks);
}

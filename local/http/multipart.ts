import { once } from 'node:events';
import { Readable } from 'node:stream';
import { buffer } from 'node:stream/consumers';
import { Dicer } from '@fastify/busboy';

/** One part of a multipart/form-data body, while it comes in. */
export interface Part {
  readonly name: string;
  /** Parts with a file name are files. It is a name for people, and no path. */
  readonly filename?: string;
  readonly contentType?: string;
  /** To be read to its end: the next part comes after it. Ends with an error if the body breaks off. */
  readonly body: Readable;
}

/** A part that was read whole. */
export type WholePart = Omit<Part, 'body'> & { readonly body: Buffer };

/** The body is not multipart/form-data as its header says. */
export class MultipartError extends Error {
  override readonly name = 'MultipartError';
}

/**
 * Reads multipart/form-data (RFC 7578) without holding it in memory. Node's own reader refuses what Telegram takes and
 * grammY sends: header names in lower case without a blank, and file names without quotes.
 *
 * @param onPart given each part as it begins; must see to it that its body is read
 * @throws MultipartError, also when reading a part failed; all other parts are done with by then
 */
export async function readMultipart(
  body: AsyncIterable<Uint8Array>,
  contentType: string,
  onPart: (part: Part) => Promise<void>,
): Promise<void> {
  const [, quoted, plain] = /\bboundary=(?:"([^"]+)"|([^;\s]+))/i.exec(contentType) ?? [];
  const boundary = quoted ?? plain;
  if (boundary === undefined) throw new MultipartError('The boundary is missing.');
  const source = Readable.from(body, { objectMode: false });
  const dicer = new Dicer({ boundary });
  // One of its errors is enough.
  dicer.on('error', () => {});
  const done: Promise<void>[] = [];
  /** A part whose headers are still to come. */
  let headless: Dicer.PartStream | undefined;
  let current: Dicer.PartStream | undefined;
  const fail = (error: Error): void => {
    current?.destroy(error);
    dicer.destroy(error);
  };
  dicer.on('part', (stream) => {
    if (headless) return fail(new MultipartError('A part has no headers.'));
    headless = stream;
    current = stream;
    // Whoever reads it hears of its errors too.
    stream.on('error', () => {});
    stream.once('header', (headers: Headers) => {
      headless = undefined;
      const part = partOf(headers, stream);
      if (part === undefined) return fail(new MultipartError('A part has no name.'));
      const handled = onPart(part);
      handled.catch(fail);
      done.push(handled);
    });
  });
  source.once('error', fail);
  source.pipe(dicer);
  try {
    await once(dicer, 'finish');
    if (headless) throw new MultipartError('A part has no headers.');
    await Promise.all(done);
  } catch (cause) {
    await Promise.allSettled(done);
    if (cause instanceof MultipartError) throw cause;
    throw new MultipartError(cause instanceof Error ? cause.message : String(cause), { cause });
  }
}

/** All parts of a multipart/form-data body, read whole. @throws MultipartError */
export async function readParts(body: AsyncIterable<Uint8Array>, contentType: string): Promise<WholePart[]> {
  const parts: WholePart[] = [];
  await readMultipart(body, contentType, async ({ body: content, ...part }) => {
    parts.push({ ...part, body: await buffer(content) });
  });
  return parts;
}

/** As the parser gives them: names in lower case, values in latin1. */
type Headers = Readonly<Record<string, readonly string[] | undefined>>;

function partOf(headers: Headers, body: Readable): Part | undefined {
  const text = (name: string) => headers[name]?.[0] && Buffer.from(headers[name][0], 'latin1').toString();
  const disposition = text('content-disposition') ?? '';
  const name = parameter(disposition, 'name');
  const filename = parameter(disposition, 'filename');
  const contentType = text('content-type');
  if (name === undefined) return undefined;
  return {
    name,
    ...(filename === undefined ? {} : { filename }),
    ...(contentType ? { contentType } : {}),
    body,
  };
}

function parameter(disposition: string, name: string): string | undefined {
  const [, quoted, plain] = new RegExp(`;\\s*${name}=(?:"([^"]*)"|([^;]*))`, 'i').exec(disposition) ?? [];
  // Browsers write a quote in a file name as %22 (HTML standard, multipart/form-data encoding).
  return (quoted ?? plain?.trim())?.replaceAll('%22', '"').replaceAll('%0D', '\r').replaceAll('%0A', '\n');
}

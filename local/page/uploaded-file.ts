/** A file in a form (`multipart/form-data`), to be read while it comes in. */
export interface UploadedFile {
  /** The file's name at the sender's; only a name for people. */
  readonly name: string;
  readonly bytes: AsyncIterable<Uint8Array>;
}

/** The request holds no file. The message is for people. */
export class UploadError extends Error {
  override readonly name = 'UploadError';
}

/** More than this before a part's content is no form of a browser. */
const longestHead = 16 * 1024;

/**
 * The first file of a form (RFC 7578), without holding it in memory: a video may be as large as it likes.
 * @throws UploadError if the request is no form or holds no file
 */
export async function uploadedFile(
  contentType: string | undefined,
  body: AsyncIterable<Uint8Array> | null,
): Promise<UploadedFile> {
  const boundary = /^multipart\/form-data\b.*\bboundary=(?:"([^"]+)"|([^;\s]+))/i.exec(contentType ?? '');
  if (!boundary || !body) throw new UploadError('Send the file as a form (multipart/form-data).');
  const delimiter = Buffer.from(`\r\n--${boundary[1] ?? boundary[2]}`);
  const form = new MarkedStream(body);
  try {
    for (;;) {
      await drain(form.until(delimiter));
      const name = fileName(await head(form.until(Buffer.from('\r\n\r\n'))));
      if (name !== undefined) return { name, bytes: form.until(delimiter) };
    }
  } catch (cause) {
    throw new UploadError('The form holds no file.', { cause });
  }
}

/** A stream that is read up to one mark after another. */
class MarkedStream {
  readonly #source: AsyncIterator<Uint8Array>;
  /** Begins as a line end, because a form may begin with its delimiter's second half. */
  #held = Buffer.from('\r\n');

  constructor(source: AsyncIterable<Uint8Array>) {
    this.#source = source[Symbol.asyncIterator]();
  }

  /** What comes before the mark; the mark itself is swallowed. Throws if the stream ends without it. */
  async *until(mark: Buffer): AsyncGenerator<Uint8Array> {
    for (;;) {
      const at = this.#held.indexOf(mark);
      if (at >= 0) {
        const last = this.#held.subarray(0, at);
        this.#held = this.#held.subarray(at + mark.length);
        yield last;
        return;
      }
      const safe = Math.max(0, this.#held.length - mark.length + 1);
      const before = this.#held.subarray(0, safe);
      this.#held = this.#held.subarray(safe);
      yield before;
      const next = await this.#source.next();
      if (next.done) throw new UploadError('The upload broke off.');
      this.#held = Buffer.concat([this.#held, next.value]);
    }
  }
}

async function drain(bytes: AsyncIterable<Uint8Array>): Promise<void> {
  for await (const _ of bytes);
}

async function head(bytes: AsyncIterable<Uint8Array>): Promise<string> {
  const chunks: Uint8Array[] = [];
  let size = 0;
  for await (const chunk of bytes) {
    size += chunk.length;
    if (size > longestHead) throw new UploadError('The form is broken.');
    chunks.push(chunk);
  }
  return Buffer.concat(chunks).toString('utf8');
}

/** Browsers write the name as UTF-8 and a quotation mark in it as %22 (the HTML standard). */
function fileName(head: string): string | undefined {
  return /^content-disposition:.*\bfilename="([^"]*)"/im.exec(head)?.[1]?.replaceAll('%22', '"');
}

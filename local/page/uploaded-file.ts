import type { Readable } from 'node:stream';
import { readMultipart } from '../http/multipart.ts';

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

/**
 * The first file of a form, without holding it in memory: a video may be as large as it likes.
 *
 * @throws UploadError if the request is no form or holds no file; so does reading the file if the upload breaks off
 */
export async function uploadedFile(
  contentType: string | undefined,
  body: AsyncIterable<Uint8Array> | null,
): Promise<UploadedFile> {
  if (!contentType || !/^multipart\/form-data\b/i.test(contentType) || !body) {
    throw new UploadError('Send the file as a form (multipart/form-data).');
  }
  return await new Promise((resolve, reject) => {
    let found = false;
    const read = readMultipart(body, contentType, async ({ filename, body: content }) => {
      if (found || filename === undefined) content.resume();
      else {
        found = true;
        resolve({ name: filename, bytes: wholly(content) });
      }
    });
    const noFile = (cause?: unknown) => reject(new UploadError('The form holds no file.', { cause }));
    // Once there is a file, whoever reads it hears of what is wrong with the form.
    read.then(() => noFile(), noFile);
  });
}

async function* wholly(content: Readable): AsyncGenerator<Uint8Array> {
  try {
    yield* content;
  } catch (cause) {
    throw new UploadError('The upload broke off.', { cause });
  }
}

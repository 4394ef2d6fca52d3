import { type Api, GrammyError } from 'grammy';
import type { Audio, Document } from 'grammy/types';
import { answerTimeout } from './api.ts';
import { DownloadError, FileTooLargeError } from './errors.ts';

/** Bot API, getFile: bots can download files of at most 20 MB. */
export const maxDownload = 20 * 1024 * 1024;

/** A file that a person sent. */
export interface TelegramFile {
  readonly fileId: string;
  /** The same for every bot and for ever; a file cannot be fetched by it. */
  readonly uniqueId: string;
  /** Bytes, when Telegram says. */
  readonly size?: number;
}

/** The file of a message. What its sender says of its name and type is another matter: only its content counts. */
export function documentFile({ file_id, file_unique_id, file_size }: Document | Audio): TelegramFile {
  const size = file_size === undefined ? {} : { size: file_size };
  return { fileId: file_id, uniqueId: file_unique_id, ...size };
}

/**
 * Fetches a file that a person sent.
 *
 * @throws FileTooLargeError when it is over 20 MB
 * @throws DownloadError when it could not be fetched; neither names the file's address
 */
export async function download(api: Api, { fileId, size = 0 }: TelegramFile): Promise<Uint8Array> {
  if (size > maxDownload) throw new FileTooLargeError('The file is over 20 MB.');
  const path = await filePath(api, fileId);
  const root = api.options?.apiRoot ?? 'https://api.telegram.org';
  let answer: Response;
  let bytes: ArrayBuffer;
  try {
    answer = await fetch(`${root}/file/bot${api.token}/${path}`, {
      signal: AbortSignal.timeout(answerTimeout * 1000),
    });
    bytes = await answer.arrayBuffer();
  } catch (error) {
    throw new DownloadError(`A file could not be fetched from Telegram: ${(error as Error).name}.`);
  }
  if (!answer.ok)
    throw new DownloadError(`A file could not be fetched from Telegram: status ${answer.status}.`);
  return new Uint8Array(bytes);
}

async function filePath(api: Api, fileId: string): Promise<string> {
  try {
    const { file_path } = await api.getFile(fileId);
    if (!file_path) throw new DownloadError('Telegram did not say where a file is.');
    return file_path;
  } catch (error) {
    if (error instanceof GrammyError && /too big/i.test(error.description)) {
      throw new FileTooLargeError('The file is over 20 MB.', { cause: error });
    }
    throw error;
  }
}

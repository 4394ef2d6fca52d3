import { createWriteStream } from 'node:fs';
import { mkdir, rename, rm } from 'node:fs/promises';
import { extname, join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { VideoFileError } from './errors.ts';
import type { OpenCamera } from './sources.ts';

/** The largest video that is taken, in bytes. */
export const largestVideo = 2 * 1024 ** 3;

/**
 * Stores an uploaded video in the folder and makes sure that it can be played.
 * @returns the name of its file in the folder
 * @throws VideoFileError if it is too large, does not fit on the disk, or is no video
 */
export async function storeVideo(
  folder: string,
  name: string,
  bytes: AsyncIterable<Uint8Array>,
  open: OpenCamera,
): Promise<string> {
  await mkdir(folder, { recursive: true });
  const extension = /^\.\w{1,8}$/.exec(extname(name))?.[0].toLowerCase() ?? '';
  const file = `video-${Date.now()}${extension}`;
  const draft = join(folder, `draft-${file}`);
  try {
    await pipeline(limited(bytes), createWriteStream(draft));
    await mustPlay(draft, name, open);
    await rename(draft, join(folder, file));
    return file;
  } catch (error) {
    await rm(draft, { force: true });
    if (hasCode(error, 'ENOSPC')) {
      throw new VideoFileError('The disk is full: the video could not be kept.', { cause: error });
    }
    throw error;
  }
}

async function* limited(bytes: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
  let size = 0;
  for await (const chunk of bytes) {
    size += chunk.length;
    if (size > largestVideo) throw new VideoFileError('The video is over 2 GB. Please choose a shorter one.');
    yield chunk;
  }
}

async function mustPlay(path: string, name: string, open: OpenCamera): Promise<void> {
  const first = new AbortController();
  try {
    for await (const _ of open(path, { framesPerSecond: 1, signal: first.signal })) return;
  } catch (cause) {
    throw new VideoFileError(`“${name}” is no video that can be played.`, { cause });
  } finally {
    first.abort();
  }
  throw new VideoFileError(`“${name}” holds no pictures.`);
}

function hasCode(error: unknown, code: string): boolean {
  return error instanceof Error && 'code' in error && error.code === code;
}

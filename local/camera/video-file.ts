import { randomUUID } from 'node:crypto';
import { createWriteStream, existsSync, readdirSync, rmSync } from 'node:fs';
import { mkdir, rename, rm } from 'node:fs/promises';
import { extname, join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { VideoFileError } from './errors.ts';
import type { OpenCamera } from './sources.ts';

/** The largest video that is taken, in bytes. */
export const largestVideo = 2 * 1024 ** 3;

const draftPrefix = 'draft-';
const videoPrefix = 'video-';

/** Removes what is left of uploads that the end of the program broke off. */
export function removeDrafts(folder: string): void {
  if (!existsSync(folder)) return;
  for (const name of readdirSync(folder)) if (name.startsWith(draftPrefix)) rmSync(join(folder, name));
}

/**
 * Removes the videos that were chosen before this one: the program ended before it could. They may be of some gigabytes.
 *
 * @param chosen the name of its file
 */
export function removeFormerVideos(folder: string, chosen: string): void {
  for (const name of readdirSync(folder)) {
    if (name.startsWith(videoPrefix) && name !== chosen) rmSync(join(folder, name), { force: true });
  }
}

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
  const file = `${videoPrefix}${randomUUID()}${extension}`;
  const draft = join(folder, `${draftPrefix}${file}`);
  try {
    await pipeline(limited(bytes), createWriteStream(draft));
    await mustPlay(draft, name, open);
    await rename(draft, join(folder, file));
    return file;
  } catch (error) {
    await rm(draft, { force: true });
    if (hasCode(error, 'ENOSPC')) {
      throw new VideoFileError(
        'The disk is full: the video could not be kept. Free some space, then choose it again.',
        { cause: error },
      );
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
    throw new VideoFileError(`I can’t play “${name}”: it isn’t a video, or it’s damaged.`, { cause });
  } finally {
    first.abort();
  }
  throw new VideoFileError(`“${name}” holds no pictures.`);
}

function hasCode(error: unknown, code: string): boolean {
  return error instanceof Error && 'code' in error && error.code === code;
}

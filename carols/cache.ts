import { mkdir, open, readdir, readFile, rename, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { crc32 } from 'node:zlib';
import { edition } from './edition.ts';
import { perform } from './performance.ts';
import { withRenderer } from './renderer.ts';
import type { Carol } from './score.ts';
import { carols, scores } from './scores/index.ts';

/** A carol's file on this machine, and what a chat needs to send it. */
export interface CachedCarol {
  readonly carol: Carol;
  readonly path: string;
  readonly seconds: number;
  readonly contentType: 'audio/mpeg';
  /** The name to send it under. */
  readonly fileName: string;
}

/** How the carols are had. */
export interface CacheOptions {
  readonly signal?: AbortSignal | undefined;
  /** Waited for with each carol as soon as it is there, so that nobody waits for the last one to hear the first. */
  readonly onReady?: (carol: CachedCarol) => Promise<void>;
}

/**
 * All carols as MP3 files in a folder, which is made if need be. What is not there yet, or not whole, is rendered
 * first, in another process, one after the other; that takes a few seconds once.
 * @throws {CarolError} when one could not be rendered; the ones before it are kept.
 * @throws {DOMException} `AbortError`, when `signal` is aborted.
 */
export async function cachedCarols(
  folder: string,
  { signal, onReady = async () => {} }: CacheOptions = {},
): Promise<CachedCarol[]> {
  await mkdir(folder, { recursive: true });
  const current = await edition();
  const ready = new Map<Carol, CachedCarol>();
  const note = async (carol: Carol, path: string): Promise<void> => {
    const cached = {
      carol,
      path,
      seconds: secondsOf(carol),
      contentType: 'audio/mpeg' as const,
      fileName: `${carol.id}.mp3`,
    };
    ready.set(carol, cached);
    await onReady(cached);
  };
  const missing: Carol[] = [];
  for (const carol of carols) {
    const path = await wholeFile(folder, `${carol.id}-${current}-`);
    if (path) await note(carol, path);
    else missing.push(carol);
  }
  if (missing.length > 0)
    await withRenderer(async (render) => {
      for (const carol of missing) {
        const audio = await render(carol.id);
        const path = join(folder, `${carol.id}-${current}-${sumOf(audio)}.mp3`);
        await writeWhole(path, audio);
        await note(carol, path);
      }
    }, signal);
  return carols.map((carol) => ready.get(carol)!);
}

/**
 * Lengths by id, for as long as this process lasts: they follow from the performance, which takes a while to work out.
 */
const lengths = new Map<string, number>();

function secondsOf(carol: Carol): number {
  const { id } = carol;
  const seconds = lengths.get(id) ?? perform(scores[carols.indexOf(carol)]!).seconds;
  lengths.set(id, seconds);
  return seconds;
}

/** The file whose name begins so, and whose content has the checksum that is in its name; damaged ones are removed. */
async function wholeFile(folder: string, begins: string): Promise<string | undefined> {
  for (const name of await readdir(folder)) {
    if (!name.startsWith(begins) || !name.endsWith('.mp3')) continue;
    const path = join(folder, name);
    const audio = await readFile(path).catch(() => undefined);
    if (audio && name === `${begins}${sumOf(audio)}.mp3`) return path;
    await rm(path, { recursive: true, force: true });
  }
  return undefined;
}

/** CRC-32, eight hexadecimal digits. */
const sumOf = (audio: Uint8Array): string => crc32(audio).toString(16).padStart(8, '0');

/** A file gets its name only after every byte is on the disk. */
async function writeWhole(path: string, bytes: Uint8Array): Promise<void> {
  const unfinished = `${path}.${process.pid}.part`;
  try {
    const file = await open(unfinished, 'w');
    try {
      await file.writeFile(bytes);
      await file.sync();
    } finally {
      await file.close();
    }
    await rename(unfinished, path);
  } catch (error) {
    await rm(unfinished, { force: true });
    throw error;
  }
}

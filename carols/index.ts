import { perform } from './performance.ts';
import { CarolError, withRenderer } from './renderer.ts';
import { scores } from './scores/index.ts';

export { type CachedCarol, cachedCarols } from './cache.ts';
export { CarolError } from './renderer.ts';
export type { Carol } from './score.ts';
export { carols } from './scores/index.ts';

/** A carol as a file in memory. */
export interface RenderedCarol {
  readonly audio: Uint8Array;
  readonly contentType: 'audio/mpeg';
  readonly fileName: string;
  readonly seconds: number;
}

/**
 * Renders a carol to an MP3 file with title and artist, in another process; it takes a second or two.
 * @throws {CarolError} for an id that is not in `carols`, or when rendering failed.
 * @throws {DOMException} `AbortError`, when `signal` is aborted.
 */
export async function renderCarol(
  id: string,
  { signal }: { signal?: AbortSignal | undefined } = {},
): Promise<RenderedCarol> {
  const score = scores.find((score) => score.id === id);
  if (!score)
    throw new CarolError(
      `There is no carol called "${id}". There are: ${scores.map(({ id }) => id).join(', ')}.`,
    );
  const audio = await withRenderer((render) => render(id), signal);
  return { audio, contentType: 'audio/mpeg', fileName: `${id}.mp3`, seconds: perform(score).seconds };
}

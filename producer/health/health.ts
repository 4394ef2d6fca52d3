import { readFileSync, renameSync, writeFileSync } from 'node:fs';
import { tmpdir, uptime } from 'node:os';
import path from 'node:path';
import { z } from 'zod';

const state = z.object({
  /**
   * When it was written, and when the camera's last picture came (or the watching began): seconds since the machine
   * started.
   */
  at: z.number(),
  watchedAt: z.number().optional(),
});

/** How the producer is. Times are the machine's uptime: nobody sets that clock, and all its processes share it. */
export type Health = z.infer<typeof state>;

/** In a party there are pictures all the time; so long without one is not well: seconds. */
const longestBlind = 30;

/** It is written every few seconds, whatever happens: seconds. */
const longestSilence = 60;

/** Where it is written, if the settings do not say. */
export const usualHealthFile = (): string => path.join(tmpdir(), 'musical-joy-producer.json');

/** The file that says how the producer is. */
export class HealthFile {
  readonly #file: string;
  readonly #now: () => number;
  #watchedAt: number | undefined;
  #lastFrame: number | undefined;

  /** @param now seconds since the machine started */
  constructor(file: string, now: () => number = uptime) {
    this.#file = file;
    this.#now = now;
  }

  /** @param watching absent while no party is on; its `lastFrame` is another after each picture */
  write(watching: { readonly lastFrame: number | undefined } | undefined): void {
    const at = this.#now();
    if (!watching) this.#watchedAt = undefined;
    else if (this.#watchedAt === undefined || watching.lastFrame !== this.#lastFrame) this.#watchedAt = at;
    this.#lastFrame = watching?.lastFrame;
    const health: Health = { at, ...(this.#watchedAt !== undefined && { watchedAt: this.#watchedAt }) };
    // In one go, so that nobody reads the half of it.
    try {
      writeFileSync(`${this.#file}.new`, JSON.stringify(health), { mode: 0o600 });
      renameSync(`${this.#file}.new`, this.#file);
    } catch {
      // A full disk keeps nobody from being recognised; the check will find an old file, or none.
    }
  }
}

/** What a look at the file says, in words. */
export interface Verdict {
  readonly healthy: boolean;
  readonly words: string;
}

/** @param now seconds since the machine started */
export function checkHealth(file: string, now: number = uptime()): Verdict {
  const health = readHealth(file);
  if (!health) return { healthy: false, words: 'The producer has not said yet how it is.' };
  const silent = Math.round(now - health.at);
  // Uptime begins anew with the machine: what was written before lies in the future.
  if (silent > longestSilence || silent < -1) {
    return { healthy: false, words: 'The producer does not run, or hangs.' };
  }
  if (health.watchedAt === undefined) return { healthy: true, words: 'It waits for a party.' };
  const blind = Math.round(now - health.watchedAt);
  return blind > longestBlind
    ? { healthy: false, words: `A party is on, and no picture has come from the camera for ${blind} s.` }
    : { healthy: true, words: 'It watches the door.' };
}

function readHealth(file: string): Health | undefined {
  try {
    return state.parse(JSON.parse(readFileSync(file, 'utf8')));
  } catch {
    return undefined; // not there, or not whole
  }
}

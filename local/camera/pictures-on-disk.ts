import { existsSync, readdirSync, rmSync } from 'node:fs';
import { readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { writeFileAtomic } from '../disk/atomic-file.ts';
import type { CameraPicture } from './retained.ts';

/** One picture within this time goes to disk, in milliseconds: near enough to any moment, and little to write. */
const every = 1_000;
/** How long they are kept, in milliseconds: a snapshot may still be asked for when the program is back. */
const keptFor = 3 * 60_000;

type Place = Omit<CameraPicture, 'jpeg'>;

/** The camera's last pictures, one a second, where they outlive the program: a file each, named by its time. */
export class PicturesOnDisk {
  readonly #folder: string;
  readonly #kept: Place[];

  /**
   * Finds in `folder` what the last run kept, and removes what is too old: the camera may stay off, and nobody's picture
   * is to lie there for ever.
   *
   * @param now milliseconds since 1970
   */
  constructor(folder: string, now: number) {
    this.#folder = folder;
    const names = existsSync(folder) ? readdirSync(folder) : [];
    const found = names.flatMap(placeOf).sort((a, b) => a.time - b.time);
    this.#kept = found.filter(({ time }) => time >= now - keptFor);
    for (const place of found) if (place.time < now - keptFor) rmSync(this.#path(place), { force: true });
  }

  /** Keeps a picture if it is time for one, and removes those that are too old. */
  async add({ jpeg, ...place }: CameraPicture): Promise<void> {
    const since = place.time - (this.#kept.at(-1)?.time ?? Number.NEGATIVE_INFINITY);
    // A clock that was set back begins anew.
    if (since >= 0 && since < every) return;
    await writeFileAtomic(this.#path(place), jpeg, { mode: 0o600, durable: false });
    this.#kept.push(place);
    while (this.#kept[0]!.time < place.time - keptFor) {
      await rm(this.#path(this.#kept.shift()!), { recursive: true, force: true });
    }
  }

  /** Removes the pictures from one time to another, both included. */
  async remove(from: number, to: number): Promise<void> {
    const isGone = ({ time }: Place): boolean => time >= from && time <= to;
    for (const place of this.#kept.filter(isGone)) await rm(this.#path(place), { force: true });
    this.#kept.splice(0, Infinity, ...this.#kept.filter((place) => !isGone(place)));
  }

  /** The pictures from one time to another, both included. */
  async between(from: number, to: number): Promise<CameraPicture[]> {
    const places = this.#kept.filter(({ time }) => time >= from && time <= to);
    const found = await Promise.all(
      places.map(async (place) => {
        const jpeg = await readFile(this.#path(place)).catch(() => undefined);
        return jpeg ? [{ ...place, jpeg }] : [];
      }),
    );
    return found.flat();
  }

  #path({ time, width, height }: Place): string {
    return join(this.#folder, `${time}-${width}x${height}.jpg`);
  }
}

function placeOf(name: string): Place[] {
  const [, time, width, height] = /^(\d+)-(\d+)x(\d+)\.jpg$/.exec(name) ?? [];
  return time ? [{ time: Number(time), width: Number(width), height: Number(height) }] : [];
}

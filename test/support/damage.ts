import {
  appendFileSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  truncateSync,
  writeFileSync,
} from 'node:fs';
import path from 'node:path';

/** A random number from 0 to below `below`. */
export type Random = (below: number) => number;

/** A sequence of random numbers that follows from its seed (mulberry32). */
export function randomOf(seed: number): Random {
  let state = seed >>> 0;
  return (below) => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) % below;
  };
}

/** What becomes of files. */
export const damages = {
  emptied: (file) => truncateSync(file),
  'cut short': (file, random) => truncateSync(file, random(Math.max(1, readFileSync(file).length))),
  'one byte flipped': (file, random) =>
    change(file, (bytes) => {
      const at = random(bytes.length);
      bytes[at] = bytes[at]! ^ (1 << random(8));
    }),
  'a block of zeros': (file, random) =>
    change(file, (bytes) => {
      const at = random(bytes.length);
      bytes.fill(0, at, Math.min(bytes.length, at + 512));
    }),
  'garbage appended': (file, random) =>
    appendFileSync(file, Buffer.from(Array.from({ length: 1 + random(300) }, () => random(256)))),
  removed: (file) => rmSync(file),
  'replaced by a folder': (file) => {
    rmSync(file);
    mkdirSync(path.join(file, 'something'), { recursive: true });
  },
  // A mode would not keep root from reading; a link to itself is read by nobody.
  unreadable: (file) => {
    rmSync(file);
    symlinkSync(path.basename(file), file);
  },
} satisfies Record<string, (file: string, random: Random) => void>;

export type Damage = keyof typeof damages;

/** The files of a data folder, by their paths in it; of those that are alike, such as photos, one. */
export function kindsOfFiles(folder: string): string[] {
  const files = readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => path.relative(folder, path.join(entry.parentPath, entry.name)))
    .sort();
  const kinds = new Map(files.map((file) => [file.replace(/[0-9a-f-]{8,}|\d+/g, '#'), file]));
  return [...kinds.values()];
}

function change(file: string, edit: (bytes: Buffer) => void): void {
  const bytes = readFileSync(file);
  if (bytes.length > 0) edit(bytes);
  writeFileSync(file, bytes);
}

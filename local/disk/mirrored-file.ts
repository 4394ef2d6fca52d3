import { readFileSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import { writeFileAtomic, writeFileAtomicSync } from './atomic-file.ts';
import {
  DamagedError,
  damageText,
  isForbidden,
  type Mirrored,
  type OpenOptions,
  tellOnStderr,
} from './damage.ts';
import { codeOf } from './disk-full.ts';
import { isSealed, seal, unseal } from './sealed-line.ts';
import { setAside } from './set-aside.ts';

/** How a mirrored file is read. */
export interface MirroredFileOptions extends OpenOptions {
  /** Permission bits of the file and its copy. */
  readonly mode?: number | undefined;
  /** What is lost when neither can be read, as in "Lost: …". */
  readonly lost: string;
  /** When neither can be read, it is begun anew, and that is told: for what can be made anew. */
  readonly anew?: boolean | undefined;
}

/** What one of the two files holds. */
type Content = { readonly text: string; readonly value: unknown } | 'missing' | 'damaged';

/**
 * A JSON value kept in a file and in its copy. One that is damaged or gone is put right from the other.
 *
 * @returns undefined when there is neither
 * @throws DamagedError when neither can be read
 */
export function readMirrored<T>(place: Mirrored, options: MirroredFileOptions): T | undefined {
  const { onDamage = tellOnStderr, mode, lost } = options;
  const [own, copy] = [read(place.path), read(place.mirror)];
  if (typeof own === 'object') {
    if (copy === 'damaged') {
      setAside(place.mirror);
      onDamage(damageText.copied(place.mirror));
    }
    if (typeof copy !== 'object' || copy.text !== own.text)
      writeFileAtomicSync(place.mirror, own.text, { mode });
    return own.value as T;
  }
  if (typeof copy === 'object') {
    const aside = setAside(place.path);
    writeFileAtomicSync(place.path, copy.text, { mode });
    onDamage(damageText.restored(place.path, aside));
    return copy.value as T;
  }
  if (own === 'missing' && copy === 'missing') return undefined;
  if (!options.anew && !options.salvage) throw new DamagedError(place.path, lost);
  const aside = setAside(place.path);
  setAside(place.mirror);
  onDamage(damageText.anew(place.path, lost, aside));
  return undefined;
}

/** Keeps a value in both files, the copy after the file: whoever is cut off between them leaves one that is newer. */
export async function writeMirrored(
  { path, mirror }: Mirrored,
  value: unknown,
  { mode }: Pick<MirroredFileOptions, 'mode'> = {},
): Promise<void> {
  const text = `${seal(JSON.stringify(value))}\n`;
  await writeFileAtomic(path, text, { mode });
  await writeFileAtomic(mirror, text, { mode });
}

/** Removes both, the copy first: otherwise the end of the process between the two would bring the file back. */
export async function removeMirrored({ path, mirror }: Mirrored): Promise<void> {
  await rm(mirror, { force: true });
  await rm(path, { force: true });
}

/** @throws when reading is refused: then nothing is known of the file */
function read(path: string): Content {
  let text: string;
  try {
    text = readFileSync(path, 'utf8');
  } catch (error) {
    if (codeOf(error) === 'ENOENT') return 'missing';
    if (isForbidden(error)) throw error;
    return 'damaged';
  }
  const line = text.endsWith('\n') ? text.slice(0, -1) : text;
  const [value] = unseal(line) ?? [];
  if (value !== undefined) return { text, value };
  return isSealed(line) ? 'damaged' : readUnsealed(text);
}

/** From before such files were sealed: JSON, and nothing after it. */
function readUnsealed(text: string): Content {
  try {
    return { text, value: JSON.parse(text) as unknown };
  } catch {
    return 'damaged';
  }
}

import { readFileSync } from 'node:fs';
import { isForbidden } from './damage.ts';
import { codeOf } from './disk-full.ts';
import { isSealed, seal, unseal } from './sealed-line.ts';

/** What one of the two files of a log holds. */
export interface LogCopy {
  /** All of it, byte for byte; undefined when there is no such file, or it cannot be read. */
  readonly bytes: Buffer | undefined;
  readonly missing: boolean;
  /** The number of its first line, which only says that the log begins there; undefined when that line is damaged. */
  readonly beginning: number | undefined;
  /** The lines that are intact, each as it stands there, by their numbers. */
  readonly lines: ReadonlyMap<number, string>;
  /** Lines that are not. One torn at the end by the end of a process is none of them. */
  readonly damagedLines: number;
}

const damaged = { bytes: undefined, missing: false, beginning: undefined, lines: new Map(), damagedLines: 1 };

/** Reads one of a log's files, whatever is in its place. @throws when reading is refused */
export function readLogCopy(path: string): LogCopy {
  let bytes: Buffer;
  try {
    bytes = readFileSync(path);
  } catch (error) {
    if (codeOf(error) === 'ENOENT') return { ...damaged, missing: true, damagedLines: 0 };
    if (isForbidden(error)) throw error;
    return damaged;
  }
  const all = bytes.toString('utf8').split('\n').slice(0, -1);
  const texts = all.length > 0 && !all.some(isSealed) ? sealedAnew(all) : all;
  const lines = new Map<number, string>();
  let beginning: number | undefined;
  for (const text of texts) {
    const values = unseal(text);
    if (typeof values?.[0] !== 'number') continue;
    if (values.length === 1) beginning = values[0];
    lines.set(values[0], text);
  }
  return { bytes, missing: false, beginning, lines, damagedLines: texts.length - lines.size };
}

/** The line with which a log begins. */
export const beginningLine = (number: number): string => seal(String(number));

/** A line of a log, with its number. */
export const entryLine = (number: number, value: unknown): string =>
  seal(String(number), JSON.stringify(value));

/** A log from before lines were sealed and numbered: as it would be now. What is no log at all stays as it is. */
function sealedAnew(texts: readonly string[]): readonly string[] {
  const sealed = texts.map((text, index) => {
    try {
      return entryLine(index + 1, JSON.parse(text));
    } catch {
      return text;
    }
  });
  return sealed.some(isSealed) ? [beginningLine(0), ...sealed] : texts;
}

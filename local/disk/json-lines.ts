import { readFileSync, renameSync } from 'node:fs';
import { AppendFile } from './append-file.ts';
import { writeFileAtomicSync } from './atomic-file.ts';
import { damageText, isForbidden, type OnDamage, tellOnStderr } from './damage.ts';
import { codeOf, isDiskFull } from './disk-full.ts';
import { setAside } from './set-aside.ts';

/** What is done when the file is opened. */
export interface JsonLinesOptions {
  /** Above this many bytes the file is moved to `<path>.old`, replacing the one there, and begun anew. */
  readonly maxBytes?: number;
  /** Permission bits of a new file. */
  readonly mode?: number;
  /** Told when something else was in the file's place. */
  readonly onDamage?: OnDamage | undefined;
}

/**
 * A file of JSON values, one a line, that is only ever appended to. A line is written by one call of the
 * system before `append` returns, so that whatever was said to be kept outlives the process. A line torn by
 * the end of the process is cut off when the file is opened.
 */
export class JsonLines<T> {
  readonly path: string;
  readonly #options: JsonLinesOptions;
  #file: AppendFile;

  /** Opens the file, making it and its folder if need be. What is in its place and is no file is set aside. */
  constructor(path: string, options: JsonLinesOptions = {}) {
    this.path = path;
    this.#options = options;
    this.#file = this.#openOrBegin();
  }

  /** Bytes in the file. */
  get bytes(): number {
    return this.#file.bytes;
  }

  /** Adds one line. Throws when it cannot be written whole; the file is then as it was before. */
  append(value: T): void {
    this.appendText(JSON.stringify(value));
  }

  /** As {@link append}, for a value that is JSON text already, without a line feed. */
  appendText(json: string): void {
    const line = Buffer.from(`${json}\n`);
    if (this.bytes > 0 && this.bytes + line.length > (this.#options.maxBytes ?? Infinity)) this.#beginAnew();
    this.#file.append(line);
  }

  /** Takes away the lines whose values are none of those, also from the file that was moved aside. */
  keepOnly(isKept: (value: T) => boolean): void {
    for (const path of [`${this.path}.old`, this.path]) {
      const values = readJsonLines<T>(path);
      const kept = values.filter(isKept);
      if (kept.length === values.length) continue;
      const isOpen = path === this.path;
      if (isOpen) this.close();
      const lines = kept.map((value) => `${JSON.stringify(value)}\n`);
      writeFileAtomicSync(path, lines.join(''), { ...(this.#options.mode && { mode: this.#options.mode }) });
      if (isOpen) this.#file = this.#open();
    }
  }

  close(): void {
    this.#file.close();
  }

  #openOrBegin(): AppendFile {
    try {
      return this.#open();
    } catch (error) {
      if (isForbidden(error) || isDiskFull(error)) throw error;
      const aside = setAside(this.path);
      if (!aside) throw error;
      (this.#options.onDamage ?? tellOnStderr)(damageText.anew(this.path, 'what it held', aside));
      return this.#open();
    }
  }

  #open(): AppendFile {
    const file = new AppendFile(this.path, this.#options.mode);
    const whole = readFileSync(file.number).lastIndexOf(0x0a) + 1;
    if (whole < file.bytes) file.cut(whole);
    return file;
  }

  #beginAnew(): void {
    this.close();
    renameSync(this.path, `${this.path}.old`);
    this.#file = this.#open();
  }
}

/** The values in a file of JSON lines, oldest first; lines that are not JSON are left out. */
export function readJsonLines<T>(path: string): T[] {
  return readLines(path).flatMap((line) => parseLine<T>(line));
}

/** The whole lines of a file, without one that is torn at its end; none when there is no such file. */
export function readLines(path: string): string[] {
  try {
    return readFileSync(path, 'utf8').split('\n').slice(0, -1);
  } catch (error) {
    if (codeOf(error) === 'ENOENT') return [];
    throw error;
  }
}

function parseLine<T>(line: string): T[] {
  try {
    return [JSON.parse(line) as T];
  } catch {
    return [];
  }
}

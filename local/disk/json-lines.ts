import { closeSync, ftruncateSync, mkdirSync, openSync, readFileSync, renameSync, writeSync } from 'node:fs';
import { dirname } from 'node:path';

/** What is done when the file is opened. */
export interface JsonLinesOptions {
  /** Above this many bytes the file is moved to `<path>.old`, replacing the one there, and begun anew. */
  readonly maxBytes?: number;
  /** Permission bits of a new file. */
  readonly mode?: number;
}

/**
 * A file of JSON values, one a line, that is only ever appended to. A line is written by one call of the
 * system before `append` returns, so that whatever was said to be kept outlives the process. A line torn by
 * the end of the process is cut off when the file is opened.
 */
export class JsonLines<T> {
  readonly path: string;
  readonly #options: JsonLinesOptions;
  /** Undefined once closed: its number may by then be another file's. */
  #file: number | undefined;
  #bytes = 0;

  /** Opens the file, making it and its folder if need be. */
  constructor(path: string, options: JsonLinesOptions = {}) {
    this.path = path;
    this.#options = options;
    mkdirSync(dirname(path), { recursive: true });
    this.#file = this.#open();
  }

  /** Bytes in the file. */
  get bytes(): number {
    return this.#bytes;
  }

  /** Adds one line. Throws when it cannot be written whole; the file is then as it was before. */
  append(value: T): void {
    if (this.#file === undefined) throw new Error(`${this.path} is closed.`);
    const line = Buffer.from(`${JSON.stringify(value)}\n`);
    if (this.#bytes > 0 && this.#bytes + line.length > (this.#options.maxBytes ?? Infinity))
      this.#beginAnew();
    try {
      for (let written = 0; written < line.length; ) written += writeSync(this.#file, line, written);
    } catch (cause) {
      ftruncateSync(this.#file, this.#bytes);
      throw new Error(`Could not write to ${this.path}. Is the disk full?`, { cause });
    }
    this.#bytes += line.length;
  }

  close(): void {
    if (this.#file !== undefined) closeSync(this.#file);
    this.#file = undefined;
  }

  #open(): number {
    const file = openSync(this.path, 'a+', this.#options.mode);
    const content = readFileSync(file);
    this.#bytes = content.lastIndexOf(0x0a) + 1;
    if (this.#bytes < content.length) ftruncateSync(file, this.#bytes);
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
  let text: string;
  try {
    text = readFileSync(path, 'utf8');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return [];
    throw error;
  }
  return text.split('\n').flatMap((line) => parseLine<T>(line));
}

function parseLine<T>(line: string): T[] {
  try {
    return line === '' ? [] : [JSON.parse(line) as T];
  } catch {
    return [];
  }
}

import {
  closeSync,
  fdatasync,
  fdatasyncSync,
  fstatSync,
  ftruncateSync,
  mkdirSync,
  openSync,
  writeSync,
} from 'node:fs';
import { dirname } from 'node:path';

/** A file that grows at its end. What `append` has written outlives the process. */
export class AppendFile {
  readonly path: string;
  /** Undefined once closed: its number may by then be another file's. */
  #file: number | undefined;
  #bytes: number;
  /** A flush is under way; what is written meanwhile needs another. */
  #flushing = false;
  #unflushed = false;
  #closing = false;

  /** Opens the file at its end, making it and its folder if need be. @param mode permission bits of a new file */
  constructor(path: string, mode?: number) {
    this.path = path;
    mkdirSync(dirname(path), { recursive: true });
    this.#file = openSync(path, 'a+', mode);
    this.#bytes = fstatSync(this.#file).size;
  }

  /** Bytes in the file. */
  get bytes(): number {
    return this.#bytes;
  }

  /** The file's number, for reading it. @throws once it is closed */
  get number(): number {
    if (this.#file === undefined || this.#closing) throw new Error(`${this.path} is closed.`);
    return this.#file;
  }

  /** Adds bytes at the end. Throws when they cannot be written whole; the file is then as it was before. */
  append(bytes: Uint8Array): void {
    const file = this.number;
    try {
      for (let written = 0; written < bytes.length; ) written += writeSync(file, bytes, written);
    } catch (cause) {
      ftruncateSync(file, this.#bytes);
      throw new Error(`Could not write to ${this.path}. Is the disk full?`, { cause });
    }
    this.#bytes += bytes.length;
  }

  /** Cuts the file to a length. */
  cut(bytes: number): void {
    ftruncateSync(this.number, bytes);
    this.#bytes = bytes;
  }

  /**
   * Begins to flush what was written to the medium, and returns: nobody waits for a slow disk, and a power cut takes
   * the last moment at most. One flush is under way at a time, however much is written.
   */
  flushSoon(): void {
    this.#unflushed = true;
    if (this.#flushing) return;
    this.#flushing = true;
    this.#unflushed = false;
    // A disk that cannot flush says so at the next write, or never; there is nobody to tell it to here.
    fdatasync(this.number, () => {
      this.#flushing = false;
      if (this.#closing) this.#close();
      else if (this.#unflushed) this.flushSoon();
    });
  }

  /** Flushes what was written to the medium, and waits for it. */
  flush(): void {
    fdatasyncSync(this.number);
  }

  /** Closes the file; what was to be flushed is. */
  close(): void {
    if (this.#file === undefined || this.#closing) return;
    if (this.#unflushed) fdatasyncSync(this.#file);
    this.#closing = true;
    if (!this.#flushing) this.#close();
  }

  #close(): void {
    if (this.#file !== undefined) closeSync(this.#file);
    this.#file = undefined;
  }
}

import { existsSync, mkdirSync, readdirSync, renameSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { writeFileAtomic } from '../../disk/atomic-file.ts';
import type { OpenOptions } from '../../disk/damage.ts';
import { readOrBegin } from '../../disk/made-anew.ts';
import { DataStream, type DataStreamOptions } from './data-stream.ts';

const aboutFile = 'stream.json';
/** A suffix keeps names like `..`, which Kinesis allows, from being a way out of the folder. */
const suffix = '.stream';

/** A data stream and when it was created. */
export interface KnownStream {
  readonly stream: DataStream;
  readonly createdAt: Date;
}

/** The data streams of this machine, one folder each under `<folder>/kinesis`. */
export class DataStreams {
  readonly #folder: string;
  readonly #options: DataStreamOptions;
  readonly #streams = new Map<string, KnownStream>();

  /** Opens all streams in the data folder. Records that are damaged are left out: they are of the last day only. */
  constructor(folder: string, options: DataStreamOptions = {}, { onDamage }: OpenOptions = {}) {
    this.#folder = join(folder, 'kinesis');
    this.#options = { onDamage, ...options };
    mkdirSync(this.#folder, { recursive: true });
    for (const entry of readdirSync(this.#folder)) {
      if (!entry.endsWith(suffix)) continue;
      const file = join(this.#folder, entry, aboutFile);
      const lost = 'when the data stream was made';
      const about = readOrBegin(file, isAbout, { onDamage, lost });
      this.#open(entry.slice(0, -suffix.length), about ? new Date(about.createdAt) : new Date());
    }
  }

  /** Names in alphabetical order. */
  names(): string[] {
    return [...this.#streams.keys()].sort();
  }

  find(name: string): KnownStream | undefined {
    return this.#streams.get(name);
  }

  /** The stream of this name, created if there is none. */
  async ensure(name: string): Promise<DataStream> {
    const known = this.#streams.get(name);
    if (known) return known.stream;
    const createdAt = new Date();
    await writeFileAtomic(join(this.#path(name), aboutFile), JSON.stringify({ createdAt }));
    return (this.#streams.get(name) ?? this.#open(name, createdAt)).stream;
  }

  /** Deletes a stream and its records. */
  async delete(name: string): Promise<void> {
    this.#streams.get(name)?.stream.close();
    this.#streams.delete(name);
    // Renamed first: a deletion that is cut short must not leave half a stream behind.
    const doomed = `${this.#path(name)}.deleted`;
    await rm(doomed, { recursive: true, force: true });
    if (existsSync(this.#path(name))) renameSync(this.#path(name), doomed);
    await rm(doomed, { recursive: true, force: true });
  }

  close(): void {
    for (const { stream } of this.#streams.values()) stream.close();
    this.#streams.clear();
  }

  #open(name: string, createdAt: Date): KnownStream {
    const known = { stream: new DataStream(name, this.#path(name), this.#options), createdAt };
    this.#streams.set(name, known);
    return known;
  }

  #path(name: string): string {
    return join(this.#folder, `${name}${suffix}`);
  }
}

interface About {
  readonly createdAt: string;
}

const isAbout = (value: unknown): value is About =>
  !Number.isNaN(Date.parse(String((value as Partial<About> | null)?.createdAt)));

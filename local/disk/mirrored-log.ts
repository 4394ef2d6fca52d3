import { AppendFile } from './append-file.ts';
import { readJsonFile, writeFileAtomicSync } from './atomic-file.ts';
import { DamagedError, damageText, type Mirrored, type OpenOptions, tellOnStderr } from './damage.ts';
import { beginningLine, entryLine, type LogCopy, readLogCopy } from './log-copy.ts';
import { type Merged, mergeCopies } from './log-merge.ts';
import { unseal } from './sealed-line.ts';
import { setAside } from './set-aside.ts';

/** How a log is opened. */
export interface MirroredLogOptions extends OpenOptions {
  /** What is lost with entries that cannot be read, as in "Going on without it loses …". */
  readonly lost: string;
  /** A small file elsewhere, that tells how far the log went even if both its files are gone. */
  readonly mark: string;
}

/**
 * An append-only log of JSON values, in a file and in its copy. Every line is numbered and has a checksum, so whatever
 * became of one of the two, all that was kept is read from the other; and if both are damaged, from both together.
 *
 * An entry is with the operating system, in both files, before `append` returns: that is what survives `kill -9`. It is
 * flushed to the medium right after.
 */
export class MirroredLog<T> {
  readonly #place: Mirrored;
  readonly #mark: string;
  #files: readonly AppendFile[] = [];
  #entries: T[];
  #last: number;

  /** @throws DamagedError when entries are in neither file */
  constructor(place: Mirrored, options: MirroredLogOptions) {
    this.#place = place;
    this.#mark = options.mark;
    const copies = [readLogCopy(place.path), readLogCopy(place.mirror)] as const;
    const merged = mergeCopies(copies, this.#marked());
    this.#last = merged.last;
    this.#entries = merged.lines.flatMap((line) => (unseal(line) as [number, T?]).slice(1) as T[]);
    if (merged.lines.length === 0 && merged.lost === 0) this.rewrite([]);
    else if (merged.lost === 0) this.#mend(merged, copies, options);
    else this.#salvage(merged, copies, options);
    // The process that wrote the last lines may have ended before it flushed them; the mark says that they are there.
    for (const file of this.#files) file.flush();
    this.#setMark();
  }

  /** What was kept, oldest first; handed out once, and not held any longer. */
  take(): T[] {
    const entries = this.#entries;
    this.#entries = [];
    return entries;
  }

  /** Adds an entry. Throws when it cannot be written whole to both files; they are then as they were before. */
  append(value: T): void {
    const line = Buffer.from(`${entryLine(this.#last + 1, value)}\n`);
    const before = this.#files.map(({ bytes }) => bytes);
    try {
      for (const file of this.#files) file.append(line);
    } catch (error) {
      this.#files.forEach((file, index) => {
        file.cut(before[index]!);
      });
      throw error;
    }
    this.#last++;
    for (const file of this.#files) file.flushSoon();
  }

  /** Puts these entries in place of all that were kept. */
  rewrite(values: readonly T[]): void {
    const beginning = this.#last + 1;
    const lines = [beginningLine(beginning)];
    for (const value of values) lines.push(entryLine(beginning + lines.length, value));
    this.#last = beginning + values.length;
    this.#write(lines, [this.#place.path, this.#place.mirror]);
    this.#setMark();
  }

  close(): void {
    if (this.#files.length === 0) return;
    for (const file of this.#files) file.close();
    this.#files = [];
    this.#setMark();
  }

  /** Nothing is lost: each file that is not as it should be is written anew, and what was no sudden end is told. */
  #mend(merged: Merged, [own, copy]: readonly [LogCopy, LogCopy], options: MirroredLogOptions): void {
    const { onDamage = tellOnStderr } = options;
    const { path, mirror } = this.#place;
    const wanted = Buffer.from(merged.lines.map((line) => `${line}\n`).join(''));
    // The copy is written after the file, so it is behind when the process was ended between the two.
    const isOwnWell = wanted.equals(own.bytes ?? noBytes) || isCutOff(own, wanted, 0);
    const isCopyWell = wanted.equals(copy.bytes ?? noBytes) || isCutOff(copy, wanted, 1);
    if (!isOwnWell && isOlder(own, merged)) {
      const aside = setAside(path);
      onDamage(isCopyWell ? damageText.restored(path, aside) : damageText.joined(path));
    }
    if (!isCopyWell && isOwnWell && copy.damagedLines > 0) {
      setAside(mirror);
      onDamage(damageText.copied(mirror));
    }
    this.#write(
      merged.lines,
      [own, copy].flatMap(({ bytes }, index) =>
        wanted.equals(bytes ?? noBytes) ? [] : [index === 0 ? path : mirror],
      ),
    );
  }

  #salvage(merged: Merged, copies: readonly [LogCopy, LogCopy], options: MirroredLogOptions): void {
    const { path, mirror } = this.#place;
    const { onDamage = tellOnStderr, salvage = false, lost } = options;
    if (!salvage) throw new DamagedError(path, lost);
    const aside = [setAside(path), setAside(mirror)].flatMap((one) => one ?? []);
    this.#last = Math.max(merged.last, this.#marked());
    const unreadable = Number.isFinite(merged.lost)
      ? merged.lost
      : Math.max(1, ...copies.map(({ damagedLines }) => damagedLines), this.#last - merged.lines.length);
    this.rewrite(this.#entries);
    onDamage(damageText.salvaged(path, this.#entries.length, unreadable, aside));
  }

  /** Writes some of the two files anew, and opens both. */
  #write(lines: readonly string[], paths: readonly string[]): void {
    for (const file of this.#files) file.close();
    const text = lines.map((line) => `${line}\n`).join('');
    for (const path of paths) writeFileAtomicSync(path, text);
    this.#files = [this.#place.path, this.#place.mirror].map((path) => new AppendFile(path));
  }

  /** A mark that cannot be read says nothing. */
  #marked(): number {
    try {
      const { last } = readJsonFile<{ readonly last: number }>(this.#mark) ?? {};
      return Number.isSafeInteger(last) ? last! : 0;
    } catch {
      return 0;
    }
  }

  #setMark(): void {
    if (this.#marked() !== this.#last) writeFileAtomicSync(this.#mark, JSON.stringify({ last: this.#last }));
  }
}

const noBytes = Buffer.alloc(0);

/**
 * Whether a file is as it should be but for its end, as a process leaves it that ended while it wrote.
 *
 * @param lines that may be missing whole
 */
function isCutOff({ bytes, missing }: LogCopy, wanted: Buffer, lines: number): boolean {
  if (!bytes || missing) return false;
  const whole = bytes.lastIndexOf(0x0a) + 1;
  if (!bytes.subarray(0, whole).equals(wanted.subarray(0, whole))) return false;
  const rest = wanted.subarray(whole).toString().split('\n').length - 1;
  return whole > 0 && rest <= lines;
}

/** Whether a file has not all that the two have together; one written anew just before its copy has. */
const isOlder = (own: LogCopy, merged: Merged): boolean =>
  own.missing || own.damagedLines > 0 || !own.lines.has(merged.last) || own.lines.size < merged.lines.length;

import { readFile } from 'node:fs/promises';

/** What a program or library for Linux says of the system that it runs on. */
export interface ElfNeeds {
  readonly machine: 'arm64' | 'x64';
  /** The versions of symbols that it needs, by library: `libc.so.6` → `GLIBC_2.17`, … */
  readonly versions: ReadonlyMap<string, readonly string[]>;
}

const machines: Readonly<Record<number, ElfNeeds['machine']>> = { 62: 'x64', 183: 'arm64' };
/** The section with what is needed of others (System V ABI, and its GNU extension "Symbol Versioning"). */
const needsSection = 0x6fff_fffe;

interface Section {
  readonly type: number;
  readonly offset: number;
  readonly link: number;
  readonly count: number;
}

/** @throws if the file is no 64-bit little-endian ELF file for a machine that the house runs on */
export async function readElfNeeds(file: string): Promise<ElfNeeds> {
  const bytes = await readFile(file);
  const machine = machines[bytes.readUInt16LE(0x12)];
  if (bytes.toString('latin1', 0, 6) !== '\x7fELF\x02\x01' || !machine)
    throw new Error(`${file} is no ELF file of 64 bits for arm64 or x64.`);
  const sections = sectionsOf(bytes);
  const versions = new Map<string, string[]>();
  for (const section of sections.filter(({ type }) => type === needsSection)) {
    const text = (at: number): string => textAt(bytes, sections[section.link]!.offset + at);
    for (const need of chain(section.offset, section.count, (at) => bytes.readUInt32LE(at + 12))) {
      const library = text(bytes.readUInt32LE(need + 4));
      const first = need + bytes.readUInt32LE(need + 8);
      const names = chain(first, bytes.readUInt16LE(need + 2), (at) => bytes.readUInt32LE(at + 12));
      versions.set(
        library,
        names.map((at) => text(bytes.readUInt32LE(at + 8))),
      );
    }
  }
  return { machine, versions };
}

function sectionsOf(bytes: Buffer): Section[] {
  const table = Number(bytes.readBigUInt64LE(0x28));
  const size = bytes.readUInt16LE(0x3a);
  return Array.from({ length: bytes.readUInt16LE(0x3c) }, (_, index) => {
    const at = table + index * size;
    return {
      type: bytes.readUInt32LE(at + 4),
      offset: Number(bytes.readBigUInt64LE(at + 24)),
      link: bytes.readUInt32LE(at + 40),
      count: bytes.readUInt32LE(at + 44),
    };
  });
}

/** Entries that each say how far on the next one is. */
function chain(first: number, count: number, next: (at: number) => number): number[] {
  const entries = [first];
  while (entries.length < count) entries.push(entries.at(-1)! + next(entries.at(-1)!));
  return entries;
}

const textAt = (bytes: Buffer, at: number): string => bytes.toString('latin1', at, bytes.indexOf(0, at));

/** The newest versions that a system has, by the beginning of their names. */
export type System = Readonly<Record<string, string>>;

/**
 * The versions that a file needs and a system has not, such as `GLIBC_2.38`; and private ones, which change at any
 * time.
 */
export function missingOn(system: System, { versions }: Pick<ElfNeeds, 'versions'>): string[] {
  return [...versions.values()].flat().filter((version) => {
    const name = Object.keys(system).find((known) => version.startsWith(`${known}_`));
    // Another library's, which comes along.
    if (name === undefined) return false;
    const number = version.slice(name.length + 1);
    return !/^[\d.]+$/.test(number) || compare(number, system[name]!) > 0;
  });
}

function compare(a: string, b: string): number {
  const [left, right] = [a, b].map((version) => version.split('.').map(Number));
  for (let part = 0; part < Math.max(left!.length, right!.length); part++) {
    const difference = (left![part] ?? 0) - (right![part] ?? 0);
    if (difference !== 0) return difference;
  }
  return 0;
}

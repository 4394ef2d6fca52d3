/** An element as it stands in a file: `size` is undefined where its end is not told. */
export interface Element {
  readonly id: number;
  readonly size: number | undefined;
  /** What is in one that holds no others. */
  readonly content: Buffer | undefined;
}

/** Ids of elements that hold others: EBML, Segment, Info, Tracks, TrackEntry, Video, Cluster, Tags, Tag, SimpleTag. */
const parents = [
  0x1a45dfa3, 0x18538067, 0x1549a966, 0x1654ae6b, 0xae, 0xe0, 0x1f43b675, 0x1254c367, 0x7373, 0x67c8,
];

/** The elements of a Matroska file in the order in which they begin. */
export function elementsOf(file: Buffer): Element[] {
  const elements: Element[] = [];
  for (let at = 0; at < file.length; ) {
    const idLength = lengthAt(file, at);
    const id = file.readUIntBE(at, idLength);
    const sizeLength = lengthAt(file, at + idLength);
    const marked = BigInt(`0x${file.subarray(at + idLength, at + idLength + sizeLength).toString('hex')}`);
    const value = marked & ((1n << BigInt(7 * sizeLength)) - 1n);
    const isOpen = value === (1n << BigInt(7 * sizeLength)) - 1n;
    const size = isOpen ? undefined : Number(value);
    at += idLength + sizeLength;
    if (parents.includes(id)) elements.push({ id, size, content: undefined });
    else {
      elements.push({ id, size, content: file.subarray(at, at + (size ?? 0)) });
      at += size ?? 0;
    }
  }
  return elements;
}

/** A number without the zeros before it. */
export const numberIn = (content: Buffer | undefined): number => Number(`0x${content?.toString('hex') || 0}`);

const lengthAt = (file: Buffer, at: number): number => Math.clz32(file[at]! << 24) + 1;

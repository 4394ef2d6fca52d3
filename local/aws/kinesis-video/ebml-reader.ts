/** What comes is not EBML, or not as Kinesis Video takes it. */
export class EbmlError extends Error {
  override readonly name = 'EbmlError';
}

/** An element whole, or the head of one whose elements come one after the other. */
export interface ReadElement {
  readonly id: number;
  /** Undefined for a head. */
  readonly content: Buffer | undefined;
}

/** Ids have up to four bytes, sizes up to eight (RFC 8794, 11.2.4 and 11.2.5). */
const longestId = 4;
const longestSize = 8;

/** What a reader must know of the elements that it is given. */
export interface EbmlSchema {
  /** Whose elements are given one after the other, so that none must be there whole. */
  readonly opened: ReadonlySet<number>;
  /** All others that may come; any other id is an error, for it is most probably none. */
  readonly known: ReadonlySet<number>;
  /** The most that one element may hold, bytes. */
  readonly maxBytes: number;
}

/** Reads elements of EBML (RFC 8794) as their bytes come in. */
export class EbmlReader {
  readonly #schema: EbmlSchema;
  #chunks: Buffer[] = [];
  #length = 0;
  /** So much must be there before another look is worth it. */
  #needed = 0;

  constructor(schema: EbmlSchema) {
    this.#schema = schema;
  }

  /** Bytes of an element that is not whole yet. */
  get pending(): number {
    return this.#length;
  }

  /** @returns what is whole now. @throws {EbmlError} */
  take(chunk: Buffer): ReadElement[] {
    this.#chunks.push(chunk);
    this.#length += chunk.length;
    if (this.#length < this.#needed) return [];
    const bytes = Buffer.concat(this.#chunks, this.#length);
    const { elements, read, needed } = readElements(bytes, this.#schema);
    const rest = bytes.subarray(read);
    this.#chunks = [rest];
    this.#length = rest.length;
    this.#needed = needed;
    return elements;
  }
}

/** The elements that are whole. @throws {EbmlError} */
function readElements(bytes: Buffer, { opened, known, maxBytes }: EbmlSchema) {
  const elements: ReadElement[] = [];
  let read = 0;
  let needed = 0;
  while (read < bytes.length) {
    const head = headAt(bytes, read);
    if (!head) break;
    const { id, size, length } = head;
    if (opened.has(id)) {
      elements.push({ id, content: undefined });
      read += length;
      continue;
    }
    if (!known.has(id)) throw new EbmlError(`There is no element 0x${id.toString(16)}.`);
    if (size === undefined) throw new EbmlError(`The element 0x${id.toString(16)} has no size.`);
    if (size > maxBytes) throw new EbmlError(`The element 0x${id.toString(16)} has ${size} bytes.`);
    if (read + length + size > bytes.length) {
      needed = length + size;
      break;
    }
    elements.push({ id, content: bytes.subarray(read + length, read + length + size) });
    read += length + size;
  }
  return { elements, read, needed };
}

/** The elements in one that is there whole. @throws {EbmlError} */
export function elementsIn(content: Buffer): { readonly id: number; readonly content: Buffer }[] {
  const elements: { id: number; content: Buffer }[] = [];
  for (let at = 0; at < content.length; ) {
    const head = headAt(content, at);
    if (!head) throw new EbmlError('An element breaks off.');
    const begin = at + head.length;
    const end = head.size === undefined ? content.length : begin + head.size;
    if (end > content.length) throw new EbmlError('An element is longer than what it is in.');
    elements.push({ id: head.id, content: content.subarray(begin, end) });
    at = end;
  }
  return elements;
}

/** An unsigned number of up to eight bytes. @throws {EbmlError} */
export function numberOf(content: Buffer): number {
  if (content.length > 8) throw new EbmlError('A number has more than eight bytes.');
  const number = content.length === 0 ? 0 : Number(`0x${content.toString('hex')}`);
  if (!Number.isSafeInteger(number)) throw new EbmlError('A number is too large.');
  return number;
}

/** Undefined while it is not whole. @throws {EbmlError} */
function headAt(
  bytes: Buffer,
  at: number,
): { id: number; size: number | undefined; length: number } | undefined {
  const idLength = lengthAt(bytes, at, longestId);
  if (idLength === undefined || at + idLength >= bytes.length) return undefined;
  const sizeLength = lengthAt(bytes, at + idLength, longestSize);
  if (sizeLength === undefined || at + idLength + sizeLength > bytes.length) return undefined;
  return {
    id: bytes.readUIntBE(at, idLength),
    size: sizeAt(bytes, at + idLength, sizeLength),
    length: idLength + sizeLength,
  };
}

/** How long the id or size is that begins here; undefined when nothing is there. @throws {EbmlError} */
function lengthAt(bytes: Buffer, at: number, longest: number): number | undefined {
  const first = bytes[at];
  if (first === undefined) return undefined;
  const length = Math.clz32(first) - 23;
  if (length > longest) throw new EbmlError('An id or a size is too long.');
  return length;
}

/** All ones mean that it is not known (RFC 8794, 6.2). */
function sizeAt(bytes: Buffer, at: number, length: number): number | undefined {
  let size = bytes[at]! & (0xff >> length);
  let isOpen = size === 0xff >> length;
  for (let index = 1; index < length; index++) {
    size = size * 256 + bytes[at + index]!;
    isOpen &&= bytes[at + index] === 0xff;
  }
  return isOpen ? undefined : size;
}

/** A track of an MP4 file. */
export interface Mp4Track {
  /** Its handler: `soun`, `vide`, `text`… */
  readonly kind: string;
  /** How its samples are coded: the types of its sample entries (`mp4a`, `alac`, `avc1`, `drms`…). */
  readonly codecs: readonly string[];
  /** Whether there is anything in it. */
  readonly hasSamples: boolean;
}

/** What an MP4 file says about itself (ISO 14496-12). */
export interface Mp4File {
  /** What it is made for: `M4A `, `isom`, `heic`… */
  readonly brand: string;
  /** undefined when the file does not get as far as to say. */
  readonly tracks: readonly Mp4Track[] | undefined;
}

/** A box of such a file: where its content is. */
interface Box {
  readonly type: string;
  readonly start: number;
  readonly end: number;
}

type Stretch = Pick<Box, 'start' | 'end'>;

/** @returns undefined for a file that is no MP4, M4A or their like */
export function readMp4(bytes: Uint8Array): Mp4File | undefined {
  const file = bufferOf(bytes);
  const whole = { start: 0, end: file.length };
  const [first] = boxes(file, whole);
  if (first?.type !== 'ftyp') return undefined;
  const brand = file.toString('latin1', first.start, first.start + 4);
  const [movie] = find(file, whole, 'moov');
  if (!movie) return { brand, tracks: undefined };
  // The samples of a film in fragments are told of in each of them.
  const isFragmented = find(file, whole, 'moof').length > 0;
  const tracks = find(file, movie, 'trak').map((track) => {
    const { kind, codecs, samples } = readTrack(file, track);
    return { kind, codecs, hasSamples: samples > 0 || isFragmented };
  });
  return { brand, tracks };
}

/** The same file under another brand. */
export function withBrand(bytes: Uint8Array, brand: string): Uint8Array {
  const copy = Buffer.from(bytes);
  copy.write(brand, 8, 4, 'latin1');
  return copy;
}

/**
 * The same file without title, performer and cover: their boxes become `free`, which all readers pass over, and no
 * byte of the sound moves.
 */
export function withoutMp4Tags(bytes: Uint8Array): Uint8Array {
  const copy = Buffer.from(bytes);
  const [movie] = find(copy, { start: 0, end: copy.length }, 'moov');
  const places = movie ? [movie, ...find(copy, movie, 'trak')] : [];
  for (const place of places)
    for (const { type, typeAt } of boxes(copy, place))
      if (type === 'udta' || type === 'meta') copy.write('free', typeAt, 'latin1');
  return copy;
}

function readTrack(file: Buffer, track: Stretch): { kind: string; codecs: string[]; samples: number } {
  const [media] = find(file, track, 'mdia');
  const [handler] = media ? find(file, media, 'hdlr') : [];
  const [table] = media ? at(file, media, ['minf', 'stbl']) : [];
  const [entries] = table ? find(file, table, 'stsd') : [];
  const [sizes] = table ? [...find(file, table, 'stsz'), ...find(file, table, 'stz2')] : [];
  return {
    // Version, flags and a zero come first, four bytes each pair of them.
    kind: handler ? file.toString('latin1', handler.start + 8, handler.start + 12) : '',
    // Version and flags, then how many there are.
    codecs: entries
      ? [...boxes(file, { start: entries.start + 8, end: entries.end })].map(({ type }) => type)
      : [],
    // Version and flags, then the size that all share (or how its sizes are written), then how many there are.
    samples: sizes && sizes.end - sizes.start >= 12 ? file.readUInt32BE(sizes.start + 8) : 0,
  };
}

/** Boxes within boxes, by their types. */
function at(file: Buffer, within: Stretch, path: readonly string[]): Box[] {
  return path.reduce<Stretch[]>(
    (found, type) => found.flatMap((box) => find(file, box, type)),
    [within],
  ) as Box[];
}

function find(file: Buffer, within: Stretch, type: string): Box[] {
  return [...boxes(file, within)].filter((box) => box.type === type);
}

/** The boxes in a stretch of a file that are there whole. */
function* boxes(file: Buffer, { start, end }: Stretch): Generator<Box & { readonly typeAt: number }> {
  for (let at = start; at + 8 <= end; ) {
    const short = file.readUInt32BE(at);
    const isLong = short === 1;
    if (isLong && at + 16 > end) return;
    const size = isLong ? Number(file.readBigUInt64BE(at + 8)) : short === 0 ? end - at : short;
    const content = at + (isLong ? 16 : 8);
    if (at + size > end || content > at + size) return;
    yield { type: file.toString('latin1', at + 4, at + 8), typeAt: at + 4, start: content, end: at + size };
    at += size;
  }
}

const bufferOf = (bytes: Uint8Array): Buffer => Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);

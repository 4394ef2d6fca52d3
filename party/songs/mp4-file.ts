/** What an MP4 file says about itself (ISO 14496-12). */
export interface Mp4File {
  /** What it is made for: `M4A `, `isom`, `heic`… */
  readonly brand: string;
  /** What its tracks are: `soun`, `vide`…; undefined when the file does not get as far as to say. */
  readonly tracks: ReadonlySet<string> | undefined;
}

/** A box of such a file: where its content is. */
interface Box {
  readonly type: string;
  readonly start: number;
  readonly end: number;
}

/** @returns undefined for a file that is no MP4, M4A or their like */
export function readMp4(bytes: Uint8Array): Mp4File | undefined {
  const file = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const whole = { start: 0, end: file.length };
  const [first] = boxes(file, whole);
  if (first?.type !== 'ftyp') return undefined;
  const brand = file.toString('latin1', first.start, first.start + 4);
  const movie = find(file, whole, 'moov')[0];
  if (!movie) return { brand, tracks: undefined };
  const handlers = find(file, movie, 'trak')
    .flatMap((track) => find(file, track, 'mdia'))
    .flatMap((media) => find(file, media, 'hdlr'));
  // Version, flags and a zero come first, four bytes each pair of them.
  return {
    brand,
    tracks: new Set(handlers.map(({ start }) => file.toString('latin1', start + 8, start + 12))),
  };
}

function find(file: Buffer, within: Pick<Box, 'start' | 'end'>, type: string): Box[] {
  return [...boxes(file, within)].filter((box) => box.type === type);
}

/** The boxes in a stretch of a file that are there whole. */
function* boxes(file: Buffer, { start, end }: Pick<Box, 'start' | 'end'>): Generator<Box> {
  for (let at = start; at + 8 <= end; ) {
    const short = file.readUInt32BE(at);
    const isLong = short === 1;
    if (isLong && at + 16 > end) return;
    const size = isLong ? Number(file.readBigUInt64BE(at + 8)) : short === 0 ? end - at : short;
    const content = at + (isLong ? 16 : 8);
    if (at + size > end || content > at + size) return;
    yield { type: file.toString('latin1', at + 4, at + 8), start: content, end: at + size };
    at += size;
  }
}

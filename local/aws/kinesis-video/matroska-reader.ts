import { EbmlError, EbmlReader, elementsIn, numberOf, type ReadElement } from './ebml-reader.ts';

/** A track of an upload. */
export interface UploadedTrack {
  readonly number: number;
  readonly codecId: string;
  readonly codecPrivate: Buffer;
  /** Pixels; 0 for a track that has no pictures. */
  readonly width: number;
  readonly height: number;
}

/** A picture (or some sound) of an upload. */
export interface UploadedBlock {
  readonly track: number;
  /** After its cluster's timestamp, in that one's unit; may be negative. */
  readonly offset: number;
  readonly isKey: boolean;
  readonly data: Buffer;
}

/** What an upload says, in order. */
export type MatroskaEvent =
  | { readonly tracks: readonly UploadedTrack[] }
  | { readonly cluster: true }
  /** The cluster's, in milliseconds. */
  | { readonly timestamp: number }
  | { readonly block: UploadedBlock }
  | { readonly tags: readonly string[] };

/** Ids of Matroska's elements (RFC 9559, 5.1). */
export const matroskaIds = {
  ebml: 0x1a45dfa3,
  docType: 0x4282,
  segment: 0x18538067,
  info: 0x1549a966,
  timestampScale: 0x2ad7b1,
  tracks: 0x1654ae6b,
  trackEntry: 0xae,
  trackNumber: 0xd7,
  trackUid: 0x73c5,
  trackType: 0x83,
  codecId: 0x86,
  codecPrivate: 0x63a2,
  video: 0xe0,
  pixelWidth: 0xb0,
  pixelHeight: 0xba,
  cluster: 0x1f43b675,
  timestamp: 0xe7,
  simpleBlock: 0xa3,
  blockGroup: 0xa0,
  block: 0xa1,
  referenceBlock: 0xfb,
  tags: 0x1254c367,
  tag: 0x7373,
  simpleTag: 0x67c8,
  tagName: 0x45a3,
  tagString: 0x4487,
} as const;
const ids = matroskaIds;

/**
 * What is in a segment or a cluster and means nothing here: Void, CRC-32, SeekHead, Cues, Chapters, Attachments,
 * Position, PrevSize.
 */
const passedOver = [0xec, 0xbf, 0x114d9b74, 0x1c53bb6b, 0x1043a770, 0x1941a469, 0xa7, 0xab];

const schema = {
  opened: new Set<number>([ids.segment, ids.cluster]),
  known: new Set<number>([...Object.values(ids), ...passedOver]),
  // A fragment's largest size (developer guide, limits); no picture is larger.
  maxBytes: 50 * 1024 * 1024,
};

/** How blocks may be tied together; what is uploaded is not (RFC 9559, 10.2). */
const lacing = 0x06;

/** Reads Matroska (RFC 9559) as it comes in, as far as PutMedia takes it. */
export class MatroskaReader {
  readonly #reader = new EbmlReader(schema);
  #place: 'nowhere' | 'head' | 'segment' | 'cluster' = 'nowhere';
  /** Milliseconds in one unit of a timestamp. */
  #unit = 1;

  /** Bytes of an element that is not whole yet. */
  get pending(): number {
    return this.#reader.pending;
  }

  /** @throws {EbmlError} for what is no Matroska */
  take(chunk: Buffer): MatroskaEvent[] {
    return this.#reader.take(chunk).flatMap((element) => this.#read(element));
  }

  #read({ id, content = empty }: ReadElement): MatroskaEvent[] {
    // An upload may begin anew within a connection: another head, another segment.
    if (id === ids.ebml) return this.#head(content);
    if (id === ids.segment) return this.#enter('segment', this.#place === 'head');
    if (id === ids.cluster) {
      this.#enter('cluster', this.#place === 'segment' || this.#place === 'cluster');
      return [{ cluster: true }];
    }
    if (this.#place === 'nowhere' || this.#place === 'head')
      throw new EbmlError('It does not begin with a segment.');
    switch (id) {
      case ids.info:
        return this.#info(content);
      case ids.tracks:
        return [
          {
            tracks: elementsIn(content)
              .filter((entry) => entry.id === ids.trackEntry)
              .map(trackOf),
          },
        ];
      case ids.tags:
        return [{ tags: tagNames(content) }];
    }
    if (passedOver.includes(id)) return [];
    if (this.#place !== 'cluster') throw new EbmlError('A block is in no cluster.');
    switch (id) {
      case ids.timestamp:
        return [{ timestamp: numberOf(content) * this.#unit }];
      case ids.simpleBlock:
        return [{ block: this.#blockOf(content, (content[3]! & 0x80) !== 0) }];
      case ids.blockGroup:
        return this.#group(content);
    }
    throw new EbmlError(`The element 0x${id.toString(16)} is out of place.`);
  }

  #head(content: Buffer): MatroskaEvent[] {
    const type = elementsIn(content)
      .find(({ id }) => id === ids.docType)
      ?.content.toString('latin1');
    if (type !== 'matroska' && type !== 'webm') throw new EbmlError('It is no Matroska.');
    return this.#enter('head', true);
  }

  #enter(place: 'head' | 'segment' | 'cluster', isRight: boolean): MatroskaEvent[] {
    if (!isRight) throw new EbmlError(`A ${place} is out of place.`);
    this.#place = place;
    return [];
  }

  #info(content: Buffer): MatroskaEvent[] {
    const scale = elementsIn(content).find(({ id }) => id === ids.timestampScale);
    this.#unit = (scale ? numberOf(scale.content) : 1_000_000) / 1_000_000;
    if (this.#unit <= 0) throw new EbmlError('Its timestamps have no unit.');
    return [];
  }

  #group(content: Buffer): MatroskaEvent[] {
    const elements = elementsIn(content);
    const block = elements.find(({ id }) => id === ids.block);
    if (!block) throw new EbmlError('A group has no block.');
    const isKey = !elements.some(({ id }) => id === ids.referenceBlock);
    return [{ block: this.#blockOf(block.content, isKey) }];
  }

  #blockOf(content: Buffer, isKey: boolean): UploadedBlock {
    const first = content[0] ?? 0;
    // Few tracks are taken, so their numbers have one byte.
    if (content.length < 4 || (first & 0x80) === 0) throw new EbmlError('A block breaks off.');
    if ((content[3]! & lacing) !== 0) throw new EbmlError('A block holds several pictures.');
    return {
      track: first & 0x7f,
      offset: content.readInt16BE(1) * this.#unit,
      isKey,
      data: content.subarray(4),
    };
  }
}

function trackOf({ content }: { readonly content: Buffer }): UploadedTrack {
  const elements = elementsIn(content);
  const find = (id: number, among = elements) => among.find((element) => element.id === id)?.content ?? empty;
  const video = elementsIn(find(ids.video));
  return {
    number: numberOf(find(ids.trackNumber)),
    codecId: find(ids.codecId).toString('latin1'),
    codecPrivate: find(ids.codecPrivate),
    width: numberOf(find(ids.pixelWidth, video)),
    height: numberOf(find(ids.pixelHeight, video)),
  };
}

function tagNames(content: Buffer): string[] {
  const within = (id: number, elements: readonly { readonly id: number; readonly content: Buffer }[]) =>
    elements.filter((element) => element.id === id).flatMap((element) => elementsIn(element.content));
  return within(ids.simpleTag, within(ids.tag, elementsIn(content)))
    .filter(({ id }) => id === ids.tagName)
    .map((name) => name.content.toString('utf8'));
}

const empty = Buffer.alloc(0);

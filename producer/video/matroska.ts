import { element, openElement, text, uint } from './ebml.ts';

/** The one track of an upload: H.264, and how it is decoded. */
export interface VideoTrack {
  /** Pixels. */
  readonly width: number;
  readonly height: number;
  /** The decoder's configuration, `avcC` (ISO/IEC 14496-15, 5.3.3.1). */
  readonly codecPrivate: Uint8Array;
}

/** Ids of Matroska's elements (RFC 9559, 5.1). */
const ids = {
  ebml: 0x1a45dfa3,
  ebmlVersion: 0x4286,
  ebmlReadVersion: 0x42f7,
  ebmlMaxIdLength: 0x42f2,
  ebmlMaxSizeLength: 0x42f3,
  docType: 0x4282,
  docTypeVersion: 0x4287,
  docTypeReadVersion: 0x4285,
  segment: 0x18538067,
  info: 0x1549a966,
  segmentUid: 0x73a4,
  timestampScale: 0x2ad7b1,
  title: 0x7ba9,
  muxingApp: 0x4d80,
  writingApp: 0x5741,
  tracks: 0x1654ae6b,
  trackEntry: 0xae,
  trackNumber: 0xd7,
  trackUid: 0x73c5,
  trackType: 0x83,
  trackName: 0x536e,
  codecId: 0x86,
  video: 0xe0,
  pixelWidth: 0xb0,
  pixelHeight: 0xba,
  codecPrivate: 0x63a2,
  cluster: 0x1f43b675,
  timestamp: 0xe7,
  position: 0xa7,
  simpleBlock: 0xa3,
  tags: 0x1254c367,
  tag: 0x7373,
  simpleTag: 0x67c8,
  tagName: 0x45a3,
  tagString: 0x4487,
} as const;

const trackNumber = 1;
const videoTrackType = 1;

/** Nanoseconds in one unit of a timestamp: times are in milliseconds. */
const timestampScale = 1_000_000;

/** Kinesis Video's name for H.264 (developer guide, "Kinesis Video Streams data model": a track's codec id). */
const h264 = 'V_MPEG4/ISO/AVC';

/** A block's time within its cluster is a signed number of 16 bits (RFC 9559, 10.1): milliseconds. */
const longestCluster = 0x7fff;

const writer = 'Musical Joy';

/**
 * What a Matroska stream begins with, in the subset that PutMedia takes (developer guide, "Kinesis Video Streams data
 * model"): one segment without an end, one track of H.264. The elements and their order are those of AWS's own producer.
 *
 * @param uid 16 bytes, another for each stream
 */
export function streamHead({ width, height, codecPrivate }: VideoTrack, uid: Uint8Array): Buffer {
  return Buffer.concat([
    element(
      ids.ebml,
      uint(ids.ebmlVersion, 1),
      uint(ids.ebmlReadVersion, 1),
      uint(ids.ebmlMaxIdLength, 4),
      uint(ids.ebmlMaxSizeLength, 8),
      text(ids.docType, 'matroska'),
      uint(ids.docTypeVersion, 2),
      uint(ids.docTypeReadVersion, 2),
    ),
    openElement(ids.segment),
    element(
      ids.info,
      element(ids.segmentUid, uid),
      uint(ids.timestampScale, timestampScale),
      text(ids.title, writer),
      text(ids.muxingApp, writer),
      text(ids.writingApp, writer),
    ),
    element(
      ids.tracks,
      element(
        ids.trackEntry,
        uint(ids.trackNumber, trackNumber),
        uint(ids.trackUid, trackNumber),
        uint(ids.trackType, videoTrackType),
        text(ids.trackName, 'kinesis_video'),
        text(ids.codecId, h264),
        element(ids.video, uint(ids.pixelWidth, width), uint(ids.pixelHeight, height)),
        element(ids.codecPrivate, codecPrivate),
      ),
    ),
  ]);
}

/**
 * What a fragment begins with. Its pictures follow as they come; it ends where the next one begins.
 *
 * @param time of its first picture, whole milliseconds since 1970
 */
export function clusterHead(time: number): Buffer {
  return Buffer.concat([openElement(ids.cluster), uint(ids.timestamp, time), uint(ids.position, 0)]);
}

/**
 * One picture of a fragment.
 *
 * @param offset whole milliseconds after the fragment's own time
 * @param data its NAL units, each with its length before it
 * @throws {RangeError} for an offset that no block can have
 */
export function simpleBlock(offset: number, isKeyframe: boolean, data: Uint8Array): Buffer {
  if (offset < 0 || offset > longestCluster)
    throw new RangeError(`No block is ${offset} ms into its cluster.`);
  const head = Buffer.alloc(4);
  head[0] = 0x80 | trackNumber;
  head.writeInt16BE(offset, 1);
  head[3] = isKeyframe ? 0x80 : 0;
  return element(ids.simpleBlock, head, data);
}

/**
 * Says that the last fragment is over, though no other one follows it: without, the service would wait for more of it.
 * AWS's own producer ends an upload with it (producer-c, "EoFr").
 */
export const endOfFragment: Buffer = element(
  ids.tags,
  element(
    ids.tag,
    element(
      ids.simpleTag,
      text(ids.tagName, 'AWS_KINESISVIDEO_END_OF_FRAGMENT'),
      element(ids.tagString, new Uint8Array(1)),
    ),
  ),
);

import { Bits } from './bits.ts';
import type { VideoTrack } from './matroska.ts';
import { nalType, typeOf, unitsOfByteStream, unitsWithLengths } from './nal-units.ts';

/** What a decoder needs to know before the first picture: the first sequence set, and the picture sets. */
export interface ParameterSets {
  readonly sequence: Uint8Array;
  readonly pictures: readonly Uint8Array[];
}

/** Profiles that say how colours are kept, after the set's id (ITU-T H.264, 7.3.2.1.1). */
const profilesWithColours = [100, 110, 122, 244, 44, 83, 86, 118, 128, 138, 139, 134, 135];

/** Profiles whose colours stand in the decoder's configuration too (ISO/IEC 14496-15, 5.3.3.1.2). */
const describedProfiles = [100, 110, 122, 144];

/** The sets among NAL units; undefined unless there are both kinds. */
export function parameterSetsIn(units: readonly Uint8Array[]): ParameterSets | undefined {
  const sequence = units.find((unit) => typeOf(unit) === nalType.sequenceSet && unit.length > 3);
  const pictures = units.filter((unit) => typeOf(unit) === nalType.pictureSet);
  return sequence && pictures.length > 0 ? { sequence, pictures } : undefined;
}

/** How a video says its parameter sets and the pictures' units, by what the demuxer knows of it beforehand. */
export interface Coding {
  readonly sets: ParameterSets | undefined;
  /** How many bytes the lengths before NAL units have; undefined when start codes are before them. */
  readonly lengthSize: number | undefined;
}

/** @param extradata FFmpeg's: `avcC` or a byte stream; may be empty */
export function codingOf(extradata: Uint8Array | undefined): Coding {
  if (!extradata || extradata.length < 7) return { sets: undefined, lengthSize: undefined };
  if (extradata[0] !== 1)
    return { sets: parameterSetsIn(unitsOfByteStream(extradata)), lengthSize: undefined };
  return { sets: setsInConfiguration(extradata), lengthSize: (extradata[4]! & 3) + 1 };
}

/** The track that a video with these parameter sets is; undefined when they make no sense. */
export function trackOf(sets: ParameterSets): VideoTrack | undefined {
  const described = sequenceOf(sets.sequence);
  return described && { ...described.size, codecPrivate: configurationOf(sets, described) };
}

function setsInConfiguration(configuration: Uint8Array): ParameterSets | undefined {
  // Each kind: how many there are, in the last bits of a byte, and then each with its length.
  const sequenceCount = configuration[5]! & 0x1f;
  const rest = configuration.subarray(6);
  const sequences = unitsWithLengths(rest, 2).slice(0, sequenceCount);
  const after = sequences.reduce((sum, set) => sum + 2 + set.length, 0);
  const pictureCount = rest[after] ?? 0;
  const pictures = unitsWithLengths(rest.subarray(after + 1), 2).slice(0, pictureCount);
  return parameterSetsIn([...sequences, ...pictures]);
}

/** `avcC` (ISO/IEC 14496-15, 5.3.3.1.2), with lengths of four bytes before units. */
function configurationOf({ sequence, pictures }: ParameterSets, { colours }: Sequence): Buffer {
  const [, profile = 0, compatibility = 0, level = 0] = sequence;
  const described = describedProfiles.includes(profile)
    ? [0xfc | colours.format, 0xf8 | (colours.lumaDepth - 8), 0xf8 | (colours.chromaDepth - 8), 0]
    : [];
  return Buffer.concat([
    Buffer.from([1, profile, compatibility, level, 0xfc | 3, 0xe0 | 1]),
    withShortLength(sequence),
    Buffer.from([pictures.length]),
    ...pictures.map(withShortLength),
    Buffer.from(described),
  ]);
}

function withShortLength(set: Uint8Array): Buffer {
  const length = Buffer.alloc(2);
  length.writeUInt16BE(set.length);
  return Buffer.concat([length, set]);
}

interface Sequence {
  /** Of the picture that is shown, pixels. */
  readonly size: { readonly width: number; readonly height: number };
  readonly colours: { readonly format: number; readonly lumaDepth: number; readonly chromaDepth: number };
}

/** Reads a sequence parameter set as far as the picture's size (ITU-T H.264, 7.3.2.1.1). */
function sequenceOf(set: Uint8Array): Sequence | undefined {
  const bits = new Bits(set.subarray(1));
  const profile = bits.bits(8);
  bits.bits(16); // which profiles' decoders will do, and the level
  bits.unsigned(); // the set's id
  const colours = { format: 1, lumaDepth: 8, chromaDepth: 8 };
  if (profilesWithColours.includes(profile)) {
    colours.format = bits.unsigned();
    if (colours.format === 3) bits.bit();
    colours.lumaDepth = 8 + bits.unsigned();
    colours.chromaDepth = 8 + bits.unsigned();
    bits.bit();
    if (bits.bit() === 1) skipScalingLists(bits, colours.format === 3 ? 12 : 8);
  }
  bits.unsigned(); // how long frame numbers are
  skipPictureOrder(bits);
  bits.unsigned(); // how many pictures are referred to
  bits.bit();
  const columns = bits.unsigned() + 1;
  const rows = bits.unsigned() + 1;
  const fields = bits.bit() === 1 ? 1 : 2;
  if (fields === 2) bits.bit();
  bits.bit();
  const cropped = bits.bit() === 1 ? [0, 0, 0, 0].map(() => bits.unsigned()) : [0, 0, 0, 0];
  const [left = 0, right = 0, top = 0, bottom = 0] = cropped;
  // Cropping counts in samples of colour (table 6-1).
  const across = colours.format === 1 || colours.format === 2 ? 2 : 1;
  const down = (colours.format === 1 ? 2 : 1) * fields;
  const size = {
    width: 16 * columns - across * (left + right),
    height: 16 * fields * rows - down * (top + bottom),
  };
  const makesSense = !bits.isBeyondEnd && size.width > 0 && size.height > 0 && size.width <= 16_384;
  return makesSense ? { size, colours } : undefined;
}

function skipPictureOrder(bits: Bits): void {
  const type = bits.unsigned();
  if (type === 0) bits.unsigned();
  if (type !== 1) return;
  bits.bit();
  bits.signed();
  bits.signed();
  const count = Math.min(bits.unsigned(), 255);
  for (let left = count; left > 0; left--) bits.signed();
}

function skipScalingLists(bits: Bits, lists: number): void {
  for (let list = 0; list < lists; list++) {
    if (bits.bit() === 0) continue;
    let last = 8;
    let next = 8;
    for (let left = list < 6 ? 16 : 64; left > 0; left--) {
      if (next !== 0) next = (last + bits.signed() + 256) % 256;
      last = next === 0 ? last : next;
    }
  }
}

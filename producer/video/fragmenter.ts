import { second } from '../../party/clock.ts';
import type { CodedPicture, CodedTrack } from './coded.ts';
import { FrameClock } from './frame-clock.ts';
import { simpleBlock, type VideoTrack } from './matroska.ts';
import {
  hasPicture,
  isBPicture,
  isKeyPicture,
  unitsOfByteStream,
  unitsWithLengths,
  withLengths,
} from './nal-units.ts';
import { type Coding, codingOf, type ParameterSets, parameterSetsIn, trackOf } from './parameter-sets.ts';
import { UnfitVideoError } from './video-error.ts';

/**
 * How long a fragment lasts (developer guide, "Kinesis Video Streams limits": fragments of 1 to 20 seconds):
 * milliseconds.
 */
export const fragmentLasts = { least: second, most: 20 * second } as const;

/** A camera that sends a key frame a second does not do so to the millisecond. */
const uneven = 100;

/** One picture for an upload. */
export interface Piece {
  /** The fragment that begins with it; absent while one goes on. */
  readonly begins?: { readonly track: VideoTrack };
  /** When it was taken, milliseconds since 1970. */
  readonly time: number;
  /** Its Matroska block. */
  readonly block: Buffer;
}

/**
 * Makes fragments of a camera's H.264, which is passed through as it is: each begins at a key frame, the next one at the
 * first key frame after a second or more. Pictures before the first key frame are left out, and after the camera's clock
 * was set, those up to the next one.
 */
export class Fragmenter {
  readonly #coding: Coding;
  readonly #clock = new FrameClock();
  #sets: ParameterSets | undefined;
  #track: VideoTrack | undefined;
  /** When the fragment began, milliseconds since 1970; undefined while a key frame is waited for. */
  #begin: number | undefined;
  #waitingSince: number | undefined;
  /** Units that came without a picture: they belong to the next one. */
  #pending: Uint8Array[] = [];

  /** @throws {UnfitVideoError} for a video that is no H.264 */
  constructor({ codec, extradata }: CodedTrack) {
    if (codec !== 'h264') throw new UnfitVideoError(codec === 'hevc' ? 'h265' : 'not h264');
    this.#coding = codingOf(extradata);
    this.#sets = this.#coding.sets;
  }

  /**
   * @param arrived when the picture came, milliseconds since 1970
   * @returns undefined for one that is left out
   * @throws {UnfitVideoError} for a video that cannot be uploaded
   */
  take(picture: CodedPicture, arrived: number): Piece | undefined {
    const units = [...this.#pending, ...this.#unitsOf(picture.data)];
    if (!hasPicture(units)) {
      this.#pending = units;
      return undefined;
    }
    this.#pending = [];
    if (isBPicture(units)) throw new UnfitVideoError('b-frames');
    const isKey = isKeyPicture(units);
    const begins = isKey && this.#mayBegin(picture.time, arrived);
    if (begins) this.#clock.fragmentBegins();
    const { time, isContinuous } = this.#clock.timeOf(picture.time, arrived);
    if (!isContinuous) this.#begin = undefined;
    const data = () => withLengths(units);
    if (begins || (isKey && this.#begin === undefined)) return this.#beginWith(units, time, data());
    if (this.#begin === undefined) {
      this.#waitingSince ??= time;
      if (time - this.#waitingSince >= fragmentLasts.most)
        throw new UnfitVideoError('key frames too far apart');
      return undefined;
    }
    const offset = time - this.#begin;
    if (offset >= fragmentLasts.most) throw new UnfitVideoError('key frames too far apart');
    return { time, block: simpleBlock(offset, isKey, data()) };
  }

  #beginWith(units: readonly Uint8Array[], time: number, data: Uint8Array): Piece {
    const track = this.#trackFor(units);
    this.#begin = time;
    this.#waitingSince = undefined;
    return { begins: { track }, time, block: simpleBlock(0, true, data) };
  }

  /** The track with the parameter sets of this key frame; the same object for as long as they stay the same. */
  #trackFor(units: readonly Uint8Array[]): VideoTrack {
    const sets = parameterSetsIn(units) ?? this.#sets;
    const track = sets && trackOf(sets);
    if (!track) throw new UnfitVideoError('no parameter sets');
    this.#sets = sets;
    if (!this.#track || Buffer.compare(this.#track.codecPrivate, track.codecPrivate) !== 0)
      this.#track = track;
    return this.#track;
  }

  /** By the camera's own clock where it says one: what the network delays makes no fragment longer. */
  #mayBegin(sent: number | undefined, arrived: number): boolean {
    if (this.#begin === undefined) return true;
    return this.#clock.peek(sent, arrived) - this.#begin >= fragmentLasts.least - uneven;
  }

  #unitsOf(data: Uint8Array): Uint8Array[] {
    const { lengthSize } = this.#coding;
    return lengthSize === undefined ? unitsOfByteStream(data) : unitsWithLengths(data, lengthSize);
  }
}

import type { Frame, Media, MediaClock, RetainedPicture } from '../media.ts';
import { Decoder } from './decoder.ts';
import type { TimedPicture } from './decoder-process.ts';
import type { UploadedTrack } from './matroska-reader.ts';
import { newest } from './newest.ts';
import type { UploadedFragment, UploadedFrame } from './uploaded-fragment.ts';
import type { Upload } from './uploads.ts';

/** Nobody needs the decoder for so long before it ends, milliseconds: a camera that comes back does not wait for it. */
const idleTime = 30_000;

/** So many frames are remembered, for the fragments that they are in: more than the decoder has at any time. */
const mostRemembered = 600;

/** What was uploaded, as pictures: those that come now, decoded once for all who follow, and those that are kept. */
export class UploadedMedia implements Media {
  readonly #upload: Upload;
  readonly #followers = new Set<(frame: Frame) => void>();
  #coming: { readonly time: number; readonly fragment: UploadedFragment }[] = [];
  #decoder: Decoder | undefined;
  #users = 0;
  #idle: NodeJS.Timeout | undefined;
  #stopWatching = () => {};

  constructor(upload: Upload) {
    this.#upload = upload;
  }

  /** The process id of the decoder, while there is one: so that a test can end it. */
  get decoderPid(): number | undefined {
    return this.#decoder?.isOver ? undefined : this.#decoder?.pid;
  }

  /** The pictures from now on, five a second. */
  frames(signal: AbortSignal): AsyncGenerator<Frame, void, undefined> {
    return newest((tell) => this.#follow(tell), signal);
  }

  async pictures(
    from: number,
    to: number,
    moments?: readonly number[],
    clock: MediaClock = 'producer',
  ): Promise<RetainedPicture[]> {
    const wanted = framesAt(timedFrames(this.#upload.fragments, clock), from, to, moments);
    const pictures = await Promise.all(
      this.#upload.fragments.map(async (fragment) => {
        const found = await this.#picturesIn(fragment, wanted);
        return found.map(({ time, jpeg }) => ({ time: time + ahead(fragment, clock), jpeg }));
      }),
    );
    return pictures.flat().sort((a, b) => a.time - b.time);
  }

  /** Ends the decoder. */
  close(): void {
    this.#stopWatching();
    clearTimeout(this.#idle);
    this.#decoder?.close();
  }

  #follow(tell: (frame: Frame) => void): () => void {
    this.#followers.add(tell);
    if (this.#followers.size === 1) this.#stopWatching = this.#upload.watch((...seen) => this.#take(...seen));
    const leave = this.#use();
    return () => {
      this.#followers.delete(tell);
      if (this.#followers.size === 0) this.#stopWatching();
      leave();
    };
  }

  /** Somebody needs the decoder. @returns to be called when no more */
  #use(): () => void {
    clearTimeout(this.#idle);
    this.#users += 1;
    if (!this.#decoder || this.#decoder.isOver) this.#decoder = new Decoder((picture) => this.#show(picture));
    return () => {
      this.#users -= 1;
      if (this.#users > 0) return;
      this.#idle = setTimeout(() => this.#decoder?.close(), idleTime);
      this.#idle.unref();
    };
  }

  #take(fragment: UploadedFragment, frame: UploadedFrame): void {
    const track = videoTrack(fragment);
    if (track?.number !== frame.track) return;
    // A decoder that a frame has crashed begins anew, with the next frame that decoding can begin with.
    if (this.#decoder?.isOver && frame.isKey) this.#decoder = new Decoder((picture) => this.#show(picture));
    this.#coming.push({ time: Math.round(frame.time), fragment });
    if (this.#coming.length > mostRemembered) this.#coming.shift();
    this.#decoder?.take(track, frame);
  }

  #show({ time, ...picture }: TimedPicture): void {
    const fragment = this.#coming.findLast((frame) => frame.time === time)?.fragment;
    if (fragment) for (const tell of this.#followers) tell({ time, picture, fragment });
  }

  async #picturesIn(
    fragment: UploadedFragment,
    wanted: ReadonlySet<UploadedFrame>,
  ): Promise<RetainedPicture[]> {
    const track = videoTrack(fragment);
    const times = fragment.frames.filter((frame) => wanted.has(frame)).map(({ time }) => Math.round(time));
    if (times.length === 0 || !track) return [];
    const frames = fragment.frames.filter(({ track: number }) => number === track.number);
    const leave = this.#use();
    try {
      return [...(await this.#decoder!.pictures(track, frames, new Set(times)))];
    } finally {
      leave();
    }
  }
}

/** H.264, by Kinesis Video's name for it or by Matroska's. */
const decodable = ['V_MPEG4/ISO/AVC', 'V_MPEG/ISO/AVC'];

const videoTrack = ({ tracks }: UploadedFragment): UploadedTrack | undefined =>
  tracks.find(({ codecId }) => decodable.includes(codecId));

/** How far a clock is ahead of the producer's, going by when the fragment began and when it came. */
const ahead = ({ producerTime, serverTime }: UploadedFragment, clock: MediaClock): number =>
  clock === 'server' ? serverTime - producerTime : 0;

interface TimedFrame {
  readonly frame: UploadedFrame;
  readonly time: number;
}

const timedFrames = (fragments: readonly UploadedFragment[], clock: MediaClock): TimedFrame[] =>
  fragments.flatMap((fragment) =>
    fragment.frames
      .filter(({ track }) => track === videoTrack(fragment)?.number)
      .map((frame) => ({ frame, time: frame.time + ahead(fragment, clock) })),
  );

/** The frames of a time that are wanted: those nearest to the moments, or all. */
function framesAt(
  all: readonly TimedFrame[],
  from: number,
  to: number,
  moments: readonly number[] | undefined,
): ReadonlySet<UploadedFrame> {
  const frames = all.filter(({ time }) => time >= from && time <= to);
  if (!moments) return new Set(frames.map(({ frame }) => frame));
  const nearest = (moment: number) =>
    frames.reduce<TimedFrame | undefined>(
      (best, frame) => (best && Math.abs(best.time - moment) <= Math.abs(frame.time - moment) ? best : frame),
      undefined,
    );
  return new Set(moments.map((moment) => nearest(moment)?.frame).filter((frame) => frame !== undefined));
}

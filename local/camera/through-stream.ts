import { type Clock, second } from '../../party/clock.ts';
import type { Frame } from '../../producer/camera/frame.ts';
import { untilAborted } from '../../producer/until-aborted.ts';
import { codedVideo } from '../../producer/video/coded-video.ts';
import { FragmentBuffer } from '../../producer/video/fragment-buffer.ts';
import { piecesOf } from '../../producer/video/pieces.ts';
import { Uploader, type UploaderParts } from '../../producer/video/uploader.ts';
import { UnfitVideoError } from '../../producer/video/video-error.ts';
import { VideoNotTakenError } from './errors.ts';
import type { OpenCamera } from './sources.ts';

/** A Kinesis Video stream of this machine. */
export interface VideoStream {
  /** Opens an upload to it. */
  readonly openUpload: UploaderParts['open'];
  /** What it shows from now on; one who is slow gets the newest. */
  frames(signal: AbortSignal): AsyncIterable<Frame>;
}

/** Nothing is lost on the way to this machine itself; more than a moment old, it need not be sent again. */
const limits = { maxAge: 10 * second };

/** Nor is there reason to wait for long. */
const timings = { firstPause: 0.1 * second, longestPause: second };

/**
 * How long the rest of a video that is over may take to come out at the other end, milliseconds: until its first picture,
 * for the decoder may only be starting, and from one to the next.
 */
const rest = { first: 10 * second, next: second } as const;

/** So many tries in a row that come to nothing say that the stream does not take the video; some two seconds. */
const mostFailures = 4;

/** A camera speaks this, and most send H.264 that can be passed through. */
const isRtsp = (address: string) => /^rtsps?:/i.test(address);

/**
 * Watches cameras as on AWS: the producer's code uploads their video to Kinesis Video, and what the stream shows is what
 * the camera sees. A video that cannot be uploaded as it is (another coding, B-frames, a file) is made anew for it.
 */
export class ThroughStream {
  readonly #now: Clock;
  /** Addresses of cameras whose video cannot be uploaded as it is. */
  readonly #unfit = new Set<string>();
  readonly #connected: Promise<VideoStream>;
  /** From now on there is a stream. Who has opened a camera before waits for it. */
  readonly connect: (stream: VideoStream) => void;

  /** @param now the clock that frames are seen by, milliseconds since 1970 */
  constructor(now: Clock) {
    this.#now = now;
    let connect!: (stream: VideoStream) => void;
    this.#connected = new Promise((resolve) => {
      connect = resolve;
    });
    this.connect = connect;
  }

  /** Watches a camera; its pictures are those that the stream gives, whatever number was asked for. */
  readonly open: OpenCamera = (address, options) => this.#watch(address, options);

  async *#watch(
    address: string,
    { signal, loop = false }: Parameters<OpenCamera>[1],
  ): AsyncGenerator<Frame, void, undefined> {
    const stream = await untilAborted(this.#connected, signal);
    if (!stream || signal.aborted) return;
    const anew = !isRtsp(address) || this.#unfit.has(address);
    try {
      yield* this.#upload(stream, address, { anew, loop, signal });
    } catch (error) {
      if (!(error instanceof UnfitVideoError) || anew) throw error;
      this.#unfit.add(address);
      yield* this.#upload(stream, address, { anew: true, loop, signal });
    }
  }

  async *#upload(
    stream: VideoStream,
    address: string,
    { signal, ...how }: { readonly anew: boolean; readonly loop: boolean; readonly signal: AbortSignal },
  ): AsyncGenerator<Frame, void, undefined> {
    const steady = () => performance.now();
    const over = new AbortController();
    const either = AbortSignal.any([signal, over.signal]);
    const buffer = new FragmentBuffer(steady, limits);
    let failure: { readonly error: unknown } | undefined;
    let failures = 0;
    const uploader = new Uploader({
      buffer,
      open: stream.openUpload,
      onFailure(error) {
        failures += 1;
        if (failures < mostFailures) return;
        failure = { error: new VideoNotTakenError(error) };
        over.abort();
      },
      onSuccess() {
        failures = 0;
      },
      now: steady,
      timings,
    });
    const uploaded = uploader.run(either);
    let sent = Number.NEGATIVE_INFINITY;
    let isSeen = false;
    let restOver: NodeJS.Timeout | undefined;
    const sending = (async () => {
      try {
        const video = codedVideo(address, { ...how, signal: either });
        for await (const piece of piecesOf(video, this.#now, 0)) {
          sent = piece.time;
          buffer.add(piece);
        }
        buffer.close();
        restOver = setTimeout(() => over.abort(), isSeen ? rest.next : rest.first);
      } catch (error) {
        failure ??= { error };
        over.abort();
      }
    })();
    try {
      for await (const frame of stream.frames(either)) {
        isSeen = true;
        yield frame;
        if (buffer.isClosed && frame.time >= sent) break;
        restOver?.refresh();
      }
    } finally {
      clearTimeout(restOver);
      over.abort();
      await Promise.all([sending, uploaded]);
    }
    if (failure && !signal.aborted) throw failure.error;
  }
}

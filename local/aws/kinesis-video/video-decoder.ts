import { AV_CODEC_ID_H264, AV_LOG_QUIET } from 'node-av/constants';
import { Codec, CodecContext, Frame, Log, Packet, SoftwareScaleContext } from 'node-av/lib';
import type { JpegPicture } from '../media.ts';
import { JpegEncoder } from './jpeg-encoder.ts';
import type { UploadedTrack } from './matroska-reader.ts';
import type { UploadedFrame } from './uploaded-fragment.ts';

/** Pictures are made smaller until no side is longer: pixels. Faces at a door are large enough in it. */
const longestSide = 1280;

/** What a decoder cannot read is said by the pictures that are missing. */
Log.setLevel(AV_LOG_QUIET);

/** A picture that is decoded, and not converted yet. To be used before the next one is asked for. */
export interface DecodedFrame {
  /** Milliseconds since 1970. */
  readonly time: number;
  picture(): Promise<JpegPicture>;
}

/** Decodes the frames of one track, in the order in which they were sent. */
export class VideoDecoder {
  readonly #context: CodecContext;
  readonly #frame = new Frame();
  #scaler: Scaler | undefined;

  private constructor(context: CodecContext) {
    this.#context = context;
    this.#frame.alloc();
  }

  /** @throws when the track's configuration is none */
  static async open({ codecPrivate }: UploadedTrack): Promise<VideoDecoder> {
    const codec = Codec.findDecoder(AV_CODEC_ID_H264);
    const context = new CodecContext();
    context.allocContext3(codec);
    context.extraData = codecPrivate;
    // More threads would decode frames side by side, and hand each one out later.
    context.threadCount = 1;
    if ((await context.open2(codec)) < 0) {
      context.freeContext();
      throw new Error('The decoder does not take what the track says of itself.');
    }
    return new VideoDecoder(context);
  }

  /** Gives the pictures that are to be had once this frame is decoded; none for one that cannot be. */
  async *decode(frame: UploadedFrame | undefined): AsyncGenerator<DecodedFrame, void, undefined> {
    const packet = frame && packetOf(frame);
    try {
      if ((await this.#context.sendPacket(packet ?? null)) < 0) return;
      while ((await this.#context.receiveFrame(this.#frame)) === 0) {
        yield { time: Number(this.#frame.pts), picture: () => this.#convert() };
        this.#frame.unref();
      }
    } finally {
      packet?.free();
    }
  }

  close(): void {
    if (this.#scaler) free(this.#scaler);
    this.#frame.free();
    this.#context.freeContext();
  }

  async #convert(): Promise<JpegPicture> {
    const { context, target, encoder } = await this.#scalerFor(this.#frame);
    await context.scaleFrame(target, this.#frame);
    return { width: target.width, height: target.height, jpeg: await encoder.encode(target) };
  }

  async #scalerFor({ width, height, format }: Frame): Promise<Scaler> {
    const of = `${width} ${height} ${format}`;
    if (this.#scaler?.of === of) return this.#scaler;
    if (this.#scaler) free(this.#scaler);
    this.#scaler = undefined;
    const scale = Math.min(1, longestSide / Math.max(width, height));
    const target = new Frame();
    target.alloc();
    target.width = Math.round(width * scale);
    target.height = Math.round(height * scale);
    target.format = JpegEncoder.pixelFormat;
    target.allocBuffer();
    const context = new SoftwareScaleContext();
    context.getContext(width, height, format as never, target.width, target.height, target.format);
    this.#scaler = { of, context, target, encoder: await JpegEncoder.open(target) };
    return this.#scaler;
  }
}

/** What makes a JPEG file of a frame of one size and format. */
interface Scaler {
  readonly of: string;
  readonly context: SoftwareScaleContext;
  readonly target: Frame;
  readonly encoder: JpegEncoder;
}

function free({ context, target, encoder }: Scaler): void {
  context.freeContext();
  target.free();
  encoder.close();
}

function packetOf({ time, data, isKey }: UploadedFrame): Packet {
  const packet = new Packet();
  packet.alloc();
  packet.data = data;
  packet.pts = BigInt(Math.round(time));
  packet.dts = packet.pts;
  packet.isKeyframe = isKey;
  return packet;
}

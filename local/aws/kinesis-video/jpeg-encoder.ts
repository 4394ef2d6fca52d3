import {
  AV_CODEC_FLAG_QSCALE,
  AV_CODEC_ID_MJPEG,
  AV_PIX_FMT_YUVJ420P,
  FF_QP2LAMBDA,
} from 'node-av/constants';
import { Codec, CodecContext, type Frame, Packet, Rational } from 'node-av/lib';

/** FFmpeg's best quality, of 31; about 92 of libjpeg's 100. */
const quality = 2 * FF_QP2LAMBDA;

/** Makes JPEG files of frames of one size, in the colours that JPEG files have. */
export class JpegEncoder {
  static readonly pixelFormat = AV_PIX_FMT_YUVJ420P;
  readonly #context = new CodecContext();
  readonly #packet = new Packet();

  private constructor() {
    this.#packet.alloc();
  }

  static async open({ width, height }: { width: number; height: number }): Promise<JpegEncoder> {
    const codec = Codec.findEncoder(AV_CODEC_ID_MJPEG);
    const encoder = new JpegEncoder();
    const context = encoder.#context;
    context.allocContext3(codec);
    context.width = width;
    context.height = height;
    context.pixelFormat = JpegEncoder.pixelFormat;
    context.timeBase = new Rational(1, 1000);
    context.flags = AV_CODEC_FLAG_QSCALE;
    // A second thread would encode the next picture beside this one, and hand this one out with it.
    context.threadCount = 1;
    if ((await context.open2(codec)) < 0) {
      encoder.close();
      throw new Error('No JPEG files can be made.');
    }
    return encoder;
  }

  async encode(frame: Frame): Promise<Buffer> {
    frame.quality = quality;
    await this.#context.sendFrame(frame);
    if ((await this.#context.receivePacket(this.#packet)) < 0)
      throw new Error('No JPEG file came of a frame.');
    try {
      return Buffer.from(this.#packet.data!);
    } finally {
      this.#packet.unref();
    }
  }

  close(): void {
    this.#packet.free();
    this.#context.freeContext();
  }
}

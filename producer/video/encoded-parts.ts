import '../camera/with-resolvers.ts';
import { Encoder, FilterAPI } from 'node-av/api';
import { AV_PIX_FMT_RGB24, FF_ENCODER_LIBX264 } from 'node-av/constants';
import { Frame } from 'node-av/lib';
import type { Picture } from '../../vision/face.ts';
import { cameraFrames, type FramesOptions } from '../camera/camera-frames.ts';
import type { CodedPart } from './coded-parts.ts';

/** Pictures between two key frames: two seconds at five a second. */
const keyEvery = 10;

/** Milliseconds in a second are the clock of what is encoded. */
const timeBase = { num: 1, den: 1000 };

/**
 * Nothing is held back: no B-frames, no looking ahead. The quality is that of a picture in which a face looks as before
 * (x264's crf: 18 is taken for visually lossless).
 */
const x264 = {
  preset: 'ultrafast',
  tune: 'zerolatency',
  crf: 18,
  'x264-params': 'scenecut=0:threads=1',
} as const;

/**
 * A video that cannot be uploaded as it is, made anew as H.264: another coding, B-frames, single JPEGs, a file. Its
 * pictures are those that `cameraFrames` chooses, as they are seen. Ends as that does.
 *
 * @throws {CameraError} as `cameraFrames`
 */
export async function* encodedParts(
  address: string,
  options: Omit<FramesOptions<Picture>, 'picture'>,
): AsyncGenerator<CodedPart, void, undefined> {
  let encoding: Encoding | undefined;
  const pictures = cameraFrames(address, { ...options, picture: (frame) => frame.picture() });
  try {
    for await (const { picture, time } of pictures) {
      if (!encoding?.fits(picture)) {
        encoding?.close();
        encoding = await Encoding.open(picture);
        yield { track: { codec: 'h264', extradata: undefined } };
      }
      yield* encoding.encode(picture, time);
    }
  } finally {
    encoding?.close();
  }
}

interface Size {
  readonly width: number;
  readonly height: number;
}

/** An encoder for pictures of one size. */
class Encoding {
  readonly #size: Size;
  readonly #filter: FilterAPI;
  readonly #encoder: Encoder;

  private constructor(size: Size, filter: FilterAPI, encoder: Encoder) {
    this.#size = size;
    this.#filter = filter;
    this.#encoder = encoder;
  }

  static async open({ width, height }: Size): Promise<Encoding> {
    // H.264 has colours for two by two pixels.
    const filter = FilterAPI.create('crop=trunc(iw/2)*2:trunc(ih/2)*2,format=yuv420p', {
      framerate: { num: 1000, den: 1 },
    });
    const encoder = await Encoder.create(FF_ENCODER_LIBX264, {
      gopSize: keyEvery,
      maxBFrames: 0,
      filter,
      options: x264,
    });
    return new Encoding({ width, height }, filter, encoder);
  }

  fits({ width, height }: Size): boolean {
    return width === this.#size.width && height === this.#size.height;
  }

  /** @param time milliseconds */
  async *encode(
    { width, height, data }: Size & { readonly data: Uint8Array },
    time: number,
  ): AsyncGenerator<CodedPart, void, undefined> {
    const frame = Frame.fromVideoBuffer(Buffer.from(data.buffer, data.byteOffset, data.byteLength), {
      width,
      height,
      format: AV_PIX_FMT_RGB24,
      pts: BigInt(Math.round(time)),
      timeBase,
    });
    try {
      for (const converted of await this.#filter.processAll(frame)) {
        for (const packet of await this.#encoder.encodeAll(converted)) {
          if (packet.data) yield { picture: { time, data: new Uint8Array(packet.data) } };
          packet.free();
        }
        converted.free();
      }
    } finally {
      frame.free();
    }
  }

  close(): void {
    this.#encoder.close();
    this.#filter.close();
  }
}

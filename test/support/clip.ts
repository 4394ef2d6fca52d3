import '../../producer/camera/with-resolvers.ts';
import { Encoder, FilterAPI, Muxer } from 'node-av/api';
import { AV_PIX_FMT_RGB24, FF_ENCODER_LIBX264 } from 'node-av/constants';
import { Frame } from 'node-av/lib';
import type { Picture } from '../../vision/face.ts';
import { changed } from './changed.ts';

/** A picture of a clip: what is shown, and for how long. */
export interface Shot {
  /** Fitted into the clip's size, with grey beside it. */
  readonly picture: Picture;
  readonly seconds: number;
}

/** How a clip is made. */
export interface ClipOptions {
  /** 25 when not given. */
  readonly framesPerSecond?: number;
  /** 1280 when not given; the clip is 16:9. */
  readonly width?: number;
}

/** Writes an H.264 video of still pictures, 1280×720 when no size is given, a key frame every second. */
export async function makeClip(
  shots: readonly Shot[],
  path: string,
  { framesPerSecond = 25, width = 1280 }: ClipOptions = {},
): Promise<void> {
  const filter = FilterAPI.create('format=yuv420p', { framerate: { num: framesPerSecond, den: 1 } });
  const encoder = await Encoder.create(FF_ENCODER_LIBX264, {
    gopSize: framesPerSecond,
    maxBFrames: 0,
    filter,
    options: { preset: 'ultrafast', tune: 'zerolatency', crf: 20 },
  });
  const muxer = await Muxer.open(path);
  try {
    const stream = muxer.addStream(encoder);
    for await (const packet of encoder.packets(filter.frames(frames(shots, { framesPerSecond, width })))) {
      if (!packet) continue;
      await muxer.writePacket(packet, stream);
      packet.free();
    }
  } finally {
    await muxer.close();
    encoder.close();
    filter.close();
  }
}

async function* frames(shots: readonly Shot[], { framesPerSecond, width }: Required<ClipOptions>) {
  const height = Math.round((width * 9) / 16);
  const timeBase = { num: 1, den: framesPerSecond };
  let pts = 0n;
  for (const { picture, seconds } of shots) {
    const { data } = await changed(picture, (image) =>
      image.resize(width, height, { fit: 'contain', background: '#404040' }),
    );
    const pixels = Buffer.from(data);
    for (let i = 0; i < Math.round(seconds * framesPerSecond); i++) {
      yield Frame.fromVideoBuffer(pixels, { width, height, format: AV_PIX_FMT_RGB24, pts, timeBase });
      pts += 1n;
    }
  }
  yield null;
}

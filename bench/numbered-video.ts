import path from 'node:path';
import { Muxer } from 'node-av/api';
import { AV_PIX_FMT_RGB24 } from 'node-av/constants';
import { Frame } from 'node-av/lib';
import { openClipEncoder } from '../test/support/clip-encoder.ts';
import { emptyFolder } from '../test/support/folder.ts';
import { type CodedVideo, codedVideo } from '../test/support/odd-camera.ts';
import type { Picture } from '../vision/face.ts';

const bits = 6;

/** How many pictures have a number of their own. */
export const numbers = 2 ** bits;

/** The numbers stand in bars along the top, so high: a share of the picture. */
const barHeight = 1 / 8;

/**
 * A camera's video, a key frame a second, in which each picture bears its number: it comes back after {@link numbers}.
 */
export async function numberedVideo(shown: Picture, framesPerSecond: number): Promise<CodedVideo> {
  const file = path.join(await emptyFolder(), 'numbered.mp4');
  const { encoder, filter, close } = await openClipEncoder(framesPerSecond);
  const muxer = await Muxer.open(file);
  const stream = muxer.addStream(encoder);
  for await (const packet of encoder.packets(filter.frames(pictures(shown, framesPerSecond)))) {
    if (!packet) continue;
    await muxer.writePacket(packet, stream);
    packet.free();
  }
  await muxer.close();
  close();
  return await codedVideo(file);
}

/** The number that a picture bears. */
export function numberOf({ width, height, data }: Picture): number {
  const row = Math.floor((height * barHeight) / 2);
  return Array.from({ length: bits }, (_, bit) => {
    const column = Math.floor(((bit + 0.5) * width) / bits);
    return data[(row * width + column) * 3]! > 127 ? 2 ** bit : 0;
  }).reduce((sum, value) => sum + value, 0);
}

async function* pictures({ width, height, data }: Picture, framesPerSecond: number) {
  const timeBase = { num: 1, den: framesPerSecond };
  for (let number = 0; number < numbers; number++) {
    const pixels = Buffer.from(data);
    for (let bit = 0; bit < bits; bit++) {
      const [from, to] = [bit, bit + 1].map((at) => Math.floor((at * width) / bits)) as [number, number];
      for (let row = 0; row < height * barHeight; row++) {
        pixels.fill((number >> bit) & 1 ? 255 : 0, (row * width + from) * 3, (row * width + to) * 3);
      }
    }
    yield Frame.fromVideoBuffer(pixels, {
      width,
      height,
      format: AV_PIX_FMT_RGB24,
      pts: BigInt(number),
      timeBase,
    });
  }
  yield null;
}

import { createHash } from 'node:crypto';
import { copyFile, readFile } from 'node:fs/promises';
import { extname } from 'node:path';
import { Muxer } from 'node-av/api';
import { AV_LOG_QUIET, AV_PIX_FMT_RGB24 } from 'node-av/constants';
import { Frame, Log, type Packet } from 'node-av/lib';
import type { Picture } from '../../vision/face.ts';
import { changed } from './changed.ts';
import { openClipEncoder } from './clip-encoder.ts';
import { keptFile, keptFolder } from './kept.ts';

Log.setLevel(AV_LOG_QUIET);

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

/** Of each picture: of consecutive key frames no two are alike. */
const encodedSeconds = 2;

/**
 * Writes an H.264 video of still pictures, 1280×720 when no size is given, a key frame every second. Of a still picture
 * one second is like another: two are encoded, and written again and again, wherever in the clip it is shown. A clip that
 * was made before, from the same pictures, is not encoded anew.
 */
export async function makeClip(
  shots: readonly Shot[],
  path: string,
  { framesPerSecond = 25, width = 1280 }: ClipOptions = {},
): Promise<void> {
  const options = { framesPerSecond, width };
  const name = `${await hashOf(shots, options)}${extname(path)}`;
  const kept = await keptFile(keptFolder('clips'), name, (file) => encode(shots, file, options));
  await copyFile(kept, path);
}

/** Of all that a clip is made of: the pictures, the options, this program, and the packages. */
async function hashOf(shots: readonly Shot[], options: Required<ClipOptions>): Promise<string> {
  const hash = createHash('sha256');
  for (const file of ['clip.ts', 'clip-encoder.ts', 'changed.ts', '../../node_modules/.package-lock.json'])
    hash.update(await readFile(new URL(file, import.meta.url)));
  const pictures = picturesOf(shots);
  const order = shots.map(({ picture, seconds }) => [pictures.indexOf(picture), seconds]);
  hash.update(JSON.stringify({ options, order }));
  for (const { data, width, height } of pictures) hash.update(`${width} ${height}`).update(data);
  return hash.digest('hex').slice(0, 32);
}

const picturesOf = (shots: readonly Shot[]): Picture[] => [...new Set(shots.map(({ picture }) => picture))];

async function encode(
  shots: readonly Shot[],
  path: string,
  { framesPerSecond, width }: Required<ClipOptions>,
): Promise<void> {
  const pictures = picturesOf(shots);
  const { encoder, filter, close } = await openClipEncoder(framesPerSecond);
  const muxer = await Muxer.open(path);
  const packets: Packet[] = [];
  try {
    const stream = muxer.addStream(encoder);
    const encoding = encoder.packets(filter.frames(frames(pictures, { framesPerSecond, width })));
    for await (const packet of encoding) if (packet) packets.push(packet);
    let written = 0n;
    let keyFrames = 0;
    for (const { picture, seconds } of shots) {
      const begin = pictures.indexOf(picture) * encodedSeconds * framesPerSecond;
      for (let left = Math.round(seconds * framesPerSecond); left > 0; left -= framesPerSecond) {
        const from = begin + (keyFrames++ % encodedSeconds) * framesPerSecond;
        for (const encoded of packets.slice(from, from + Math.min(left, framesPerSecond))) {
          const packet = encoded.clone()!;
          packet.pts = written;
          packet.dts = written;
          written += 1n;
          await muxer.writePacket(packet, stream);
          packet.free();
        }
      }
    }
  } finally {
    for (const packet of packets) packet.free();
    await muxer.close();
    close();
  }
}

/** Those that are encoded, of each picture as long. */
async function* frames(pictures: readonly Picture[], { framesPerSecond, width }: Required<ClipOptions>) {
  const height = Math.round((width * 9) / 16);
  const timeBase = { num: 1, den: framesPerSecond };
  let pts = 0n;
  for (const picture of pictures) {
    const { data } = await changed(picture, (image) =>
      image.resize(width, height, { fit: 'contain', background: '#404040' }),
    );
    const pixels = Buffer.from(data);
    for (let i = 0; i < encodedSeconds * framesPerSecond; i++) {
      yield Frame.fromVideoBuffer(pixels, { width, height, format: AV_PIX_FMT_RGB24, pts, timeBase });
      pts += 1n;
    }
  }
  yield null;
}

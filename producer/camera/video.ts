import './with-resolvers.ts';
import { setTimeout as delay } from 'node:timers/promises';
import { Decoder, type Demuxer, FilterAPI } from 'node-av/api';
import { AV_CODEC_ID_H264, AV_NOPTS_VALUE, AVMEDIA_TYPE_VIDEO } from 'node-av/constants';
import { avGetCodecName, FFmpegError, type Packet, type Stream } from 'node-av/lib';
import type { JpegPicture, Picture } from '../../vision/face.ts';
import { CameraError, isUrl } from './camera-error.ts';
import { JpegEncoder } from './jpeg-encoder.ts';
import { openVideo } from './open-video.ts';
import { PacketFilter } from './packet-filter.ts';
import { convert, glance, upright, within } from './picture-filters.ts';

/** A frame of a video, not converted yet. */
export interface VideoFrame {
  /** Milliseconds on the video's own clock, which may begin anywhere. */
  readonly time: number;
  /** Its size as it is sent, pixels. */
  readonly width: number;
  readonly height: number;
  /** Its picture, upright, no side longer than was asked for. Only while this frame is the current one. */
  picture(): Promise<Picture>;
  /** The same as a JPEG file, which takes no longer. */
  jpeg(): Promise<JpegPicture>;
  /** A small grey picture of it, a byte a pixel, for seeing whether something moves. Likewise. */
  glance(): Promise<Uint8Array>;
}

/** How a live video is read. */
export interface LiveOptions {
  /** Asked again and again: whether key frames alone will do for now. */
  readonly keysOnly: () => boolean;
}

/** Is told of a video's packets as they come, before any is decoded. */
export interface VideoObserver {
  /** @param codec FFmpeg's name for it, such as `h264` or `hevc` */
  opened(codec: string): void;
  packet(packet: ObservedPacket): void;
}

/** A packet, in the order in which they are sent (which with B-frames is not that of their times). */
export interface ObservedPacket {
  readonly isKeyframe: boolean;
  /** Milliseconds on the video's own clock; undefined when the camera does not say. */
  readonly time: number | undefined;
  /** In bytes. */
  readonly size: number;
}

/** A camera that froze does not answer a goodbye either; nobody waits longer for it: milliseconds. */
export const longestGoodbye = 500;

/**
 * Decodes a video, a file's as fast as it can. What a camera sends can crash FFmpeg, and the process with it, and so can
 * breaking off: where that matters, `openCamera` reads it in a process of its own. Ends with the video, with a break-off
 * of the connection (FFmpeg does not tell the two apart) and with the signal.
 *
 * @param address a file's path or an RTSP (or other) URL
 * @param longestSide pixels; larger pictures are made smaller
 * @param live when the video comes from a camera: what it is late for is left out
 * @param observer is told of every packet
 * @throws {CameraError} when it cannot be opened or has no video
 */
export async function* readVideo(
  address: string,
  longestSide: number,
  signal: AbortSignal,
  live?: LiveOptions,
  observer?: VideoObserver,
): AsyncGenerator<VideoFrame, void, undefined> {
  const input = await openVideo(address, signal);
  if (!input) return;
  let decoder: Decoder | undefined;
  let filter: FilterAPI | undefined;
  let jpegs: JpegEncoder | undefined;
  let small: FilterAPI | undefined;
  const packetFilter = live && new PacketFilter(live.keysOnly);
  try {
    const stream = videoOf(input);
    if (!stream) throw new CameraError('no video', address);
    observer?.opened(avGetCodecName(stream.codecpar.codecId) ?? 'unknown');
    // More threads would decode frames side by side and hand each one out later.
    decoder = await Decoder.create(stream, { exitOnError: false, context: { threadCount: 1 } });
    const shown = `${upright(stream)}${within(longestSide)}`;
    let isOver = false;
    const packets = needed(packetsOf(input, stream, address), stream, packetFilter, observer, () => {
      isOver = true;
    });
    for await (const frame of decoder.frames(packets)) {
      if (!frame) continue;
      try {
        // What the decoder held back until a camera fell silent is not of now.
        if (live && isOver) continue;
        const { num, den } = frame.timeBase;
        const time = (Number(frame.pts) * num * 1000) / den;
        if (packetFilter?.decoded(time) === false) continue;
        yield {
          time,
          width: frame.width,
          height: frame.height,
          picture: () => {
            filter ??= FilterAPI.create(`${shown},format=rgb24`);
            return convert(filter, frame);
          },
          jpeg: () => {
            jpegs ??= new JpegEncoder(shown);
            return jpegs.encode(frame);
          },
          glance: async () => {
            small ??= FilterAPI.create(glance);
            return (await convert(small, frame)).data;
          },
        };
      } finally {
        frame.free();
      }
    }
  } catch (error) {
    if (signal.aborted) return;
    throw error instanceof FFmpegError ? new CameraError('unreadable', address, { cause: error }) : error;
  } finally {
    filter?.close();
    jpegs?.close();
    small?.close();
    decoder?.close();
    await Promise.race([input.close().catch(() => {}), delay(longestGoodbye, undefined, { ref: false })]);
  }
}

/**
 * A file's packets are read when they are asked for. node-av would read ahead, and while there is no room for more look
 * again and again whether there is: that takes most of a core for as long as a film is played.
 */
const packetsOf = (input: Demuxer, { index }: Stream, address: string) =>
  isUrl(address) ? input.packets(index) : input.packetsSync(index);

/** The packets to decode. */
async function* needed(
  packets: AsyncIterable<Packet | null> | Iterable<Packet | null>,
  stream: Stream,
  filter: PacketFilter | undefined,
  observer: VideoObserver | undefined,
  onEnd: () => void,
): AsyncGenerator<Packet | null, void, undefined> {
  const { num, den } = stream.timeBase;
  for await (const packet of packets) {
    if (packet) {
      const time = packet.pts === AV_NOPTS_VALUE ? undefined : (Number(packet.pts) * num * 1000) / den;
      const { isKeyframe, size } = packet;
      observer?.packet({ isKeyframe, time, size });
      if (filter && !filter.takes({ isKeyframe, time })) {
        packet.free();
        continue;
      }
    } else onEnd();
    yield packet;
  }
  onEnd();
}

/** The track with the pictures; of several one in H.264, which costs least to decode. */
export function videoOf(input: Demuxer): Stream | undefined {
  const isH264 = ({ codecpar }: Stream) =>
    codecpar.codecType === AVMEDIA_TYPE_VIDEO && codecpar.codecId === AV_CODEC_ID_H264;
  const best = input.video();
  return best && !isH264(best) ? (input.streams.find(isH264) ?? best) : best;
}

import { setTimeout as delay } from 'node:timers/promises';
import { AV_NOPTS_VALUE } from 'node-av/constants';
import { avGetCodecName, FFmpegError } from 'node-av/lib';
import { CameraError } from '../camera/camera-error.ts';
import type { Patience } from '../camera/camera-frames.ts';
import { openVideo } from '../camera/open-video.ts';
import { longestGoodbye, videoOf } from '../camera/video.ts';
import { untilAborted } from '../until-aborted.ts';
import type { CodedPicture, CodedTrack } from './coded.ts';

/** What a camera sends: first what its video is, then picture after picture. */
export type CodedPart = { readonly track: CodedTrack } | { readonly picture: CodedPicture };

/**
 * A camera's video as it is sent, without decoding any of it. Ends with the signal.
 *
 * @throws {CameraError} when it cannot be opened, has no video, falls silent or ends
 */
export async function* codedParts(
  address: string,
  patience: Patience,
  signal: AbortSignal,
): AsyncGenerator<CodedPart, void, undefined> {
  const silence = new AbortController();
  const either = AbortSignal.any([signal, silence.signal]);
  let waiting = setTimeout(() => silence.abort(), patience.first);
  let isSeen = false;
  try {
    const input = await openVideo(address, either);
    if (!input) return;
    try {
      const stream = videoOf(input);
      if (!stream) throw new CameraError('no video', address);
      const { codecId, extradata } = stream.codecpar;
      yield { track: { codec: avGetCodecName(codecId) ?? 'unknown', extradata: extradata ?? undefined } };
      const { num, den } = stream.timeBase;
      const packets = input.packets(stream.index);
      for (;;) {
        const next = await untilAborted(packets.next(), either);
        const packet = next && !next.done ? next.value : undefined;
        if (!packet) break;
        if (isSeen) waiting.refresh();
        else {
          isSeen = true;
          clearTimeout(waiting);
          waiting = setTimeout(() => silence.abort(), patience.next);
        }
        const time = packet.pts === AV_NOPTS_VALUE ? undefined : (Number(packet.pts) * num * 1000) / den;
        // A buffer of its own: FFmpeg's ends with the packet.
        const data = packet.data && new Uint8Array(packet.data);
        packet.free();
        if (data) yield { picture: { time, data } };
      }
    } finally {
      await Promise.race([input.close().catch(() => {}), delay(longestGoodbye, undefined, { ref: false })]);
    }
  } catch (error) {
    if (signal.aborted) return;
    throw error instanceof FFmpegError ? new CameraError('unreadable', address, { cause: error }) : error;
  } finally {
    clearTimeout(waiting);
  }
  if (!signal.aborted) throw new CameraError(isSeen ? 'ended' : 'silent', address);
}

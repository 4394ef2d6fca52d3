import type { Demuxer } from 'node-av/api';
import { isUrl } from './camera-error.ts';
import { isHttp, openVideo } from './open-video.ts';

/** How a video comes: as it is seen, all at once, or one picture each time that it is asked for. */
export type VideoKind = 'live' | 'recording' | 'picture';

/**
 * Finds out how the video at an address comes. By HTTP that cannot be told from the address, so it is opened to see.
 *
 * @returns undefined when the signal comes first
 * @throws {CameraError} when it cannot be opened
 */
export async function videoKind(address: string, signal: AbortSignal): Promise<VideoKind | undefined> {
  if (!isUrl(address)) return 'recording';
  if (!isHttp(address)) return 'live';
  const input = await openVideo(address, signal);
  if (!input) return undefined;
  try {
    return kindOf(input);
  } finally {
    void input.close().catch(() => {});
  }
}

/** FFmpeg reads single pictures by formats of their own, such as `jpeg_pipe`; and what is live has no length. */
function kindOf({ formatName, duration }: Pick<Demuxer, 'formatName' | 'duration'>): VideoKind {
  if (/_pipe$|^image2$/.test(formatName)) return 'picture';
  return duration > 0 && Number.isFinite(duration) ? 'recording' : 'live';
}

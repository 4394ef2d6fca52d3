import './with-resolvers.ts';
import type { FilterAPI } from 'node-av/api';
import { AV_PKT_DATA_DISPLAYMATRIX } from 'node-av/constants';
import type { Frame as RawFrame, Stream } from 'node-av/lib';
import type { Picture } from '../../vision/face.ts';

/** The size of a glance: of 720p each of its pixels is the mean of 20 by 20. */
export const glance = 'scale=64:36:flags=area,format=gray';

/** The filter that makes a picture as large as it is, or its longer side this long. */
export function within(longestSide: number): string {
  const side = (length: string) => `'min(${longestSide},${length})'`;
  return `scale=${side('iw')}:${side('ih')}:force_original_aspect_ratio=decrease`;
}

/** The filters that turn a video as its file says: telephones film on their side and leave a note. */
export function upright(stream: Stream): string {
  const matrix = stream.codecpar.getCodedSideData(AV_PKT_DATA_DISPLAYMATRIX);
  if (!matrix || matrix.length < 20) return '';
  // The first row of the matrix, in 16.16 fixed point, is where a step to the right leads.
  const [right, down] = [matrix.readInt32LE(0), matrix.readInt32LE(4)];
  if (Math.abs(right) > Math.abs(down)) return right < 0 ? 'hflip,vflip,' : '';
  return down > 0 ? 'transpose=clock,' : 'transpose=cclock,';
}

/** Does something with what comes of a frame in a filter. That is freed; the frame is the caller's to free. */
export async function withFiltered<Result>(
  filter: FilterAPI,
  frame: RawFrame,
  work: (filtered: RawFrame) => Result | Promise<Result>,
): Promise<Result> {
  const [filtered, ...more] = await filter.processAll(frame);
  try {
    return await work(filtered!);
  } finally {
    for (const used of [filtered, ...more]) used?.free();
  }
}

/** A frame through a filter, as pixels. */
export function convert(filter: FilterAPI, frame: RawFrame): Promise<Picture> {
  return withFiltered(filter, frame, (pixels) => {
    const { width, height } = pixels;
    return { width, height, data: pixels.toBuffer() };
  });
}

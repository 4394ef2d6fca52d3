import * as archivedMedia from '@aws-sdk/client-kinesis-video-archived-media';
import type { Media, RetainedPicture } from '../media.ts';
import { AwsError } from '../protocol/aws-error.ts';
import type { Constraints } from '../protocol/constraints.ts';
import { restJsonService } from '../protocol/rest-json.ts';
import type { Service } from '../service.ts';
import { streamConstraints } from './control.ts';
import { type ImageFormat, imageIn } from './image-format.ts';
import { namedStream } from './named-stream.ts';
import type { VideoStreams } from './video-streams.ts';

/** Pages and spans of GetImages (API reference of Kinesis Video Streams archived media). */
const maxPage = 25;
const maxSpanMs = 300_000;
const defaultIntervalMs = 3000;
const minIntervalMs = 200;

/** A picture stands for a moment that is at most this far from it; farther off, there was no video. */
const reachMs = 1000;

const constraints: Constraints = {
  ...streamConstraints,
  ImageSelectorType: { oneOf: Object.values(archivedMedia.ImageSelectorType) },
  SamplingInterval: { range: [minIntervalMs, Number.MAX_SAFE_INTEGER] },
  Format: { oneOf: Object.values(archivedMedia.Format) },
  FormatConfig: {
    length: [1, 1],
    keys: { oneOf: Object.values(archivedMedia.FormatConfigKey) },
    each: { length: [0, 256], pattern: /[a-zA-Z_0-9]+/ },
  },
  WidthPixels: { range: [1, 3840] },
  HeightPixels: { range: [1, 2160] },
  MaxResults: { range: [1, 100] },
  NextToken: { length: [1, 4096], pattern: /[a-zA-Z0-9+/]+={0,2}/ },
};

/**
 * Pictures out of a stream's retained video. `media` gives what a stream's camera keeps, or undefined while the stream
 * has no camera.
 */
export function archivedMediaService(
  streams: VideoStreams,
  media: (name: string) => Media | undefined,
): Service {
  return restJsonService<typeof archivedMedia>({
    name: 'Kinesis Video Archived Media',
    signingName: 'kinesisvideo',
    client: archivedMedia,
    constraints,
    operations: {
      GetImages: async (input) => {
        const stream = namedStream(streams, input);
        if (stream.retentionHours === 0) {
          throw new AwsError(
            'NoDataRetentionException',
            'Nothing is retained of this stream: its retention is 0 hours.',
          );
        }
        const times = moments(input);
        const format = imageFormat(input);
        const shown = times.slice(0, Math.min(input.MaxResults ?? maxPage, maxPage));
        const [first = 0] = shown;
        const last = shown.at(-1) ?? first;
        const clock = input.ImageSelectorType === 'SERVER_TIMESTAMP' ? 'server' : 'producer';
        const video = media(stream.name);
        const kept = (await video?.pictures(first - reachMs, last + reachMs, shown, clock)) ?? [];
        const Images = await Promise.all(shown.map((time) => imageAt(time, kept, format)));
        const next = times[shown.length];
        return {
          Images,
          NextToken: next === undefined ? undefined : Buffer.from(String(next)).toString('base64'),
        };
      },
    },
  });
}

/** The moments that a request asks for, from its token on; milliseconds since 1970. */
function moments(input: archivedMedia.GetImagesInput): number[] {
  const start = Number(input.StartTimestamp);
  const end = Number(input.EndTimestamp);
  const interval = input.SamplingInterval ?? defaultIntervalMs;
  if (!(start < end))
    throw new AwsError('InvalidArgumentException', 'StartTimestamp must be before EndTimestamp.');
  if (end - start > maxSpanMs) {
    throw new AwsError(
      'InvalidArgumentException',
      'StartTimestamp and EndTimestamp are more than 300 seconds apart.',
    );
  }
  const all: number[] = [];
  for (let time = start; time <= end; time += interval) all.push(time);
  if (input.NextToken === undefined) return all;
  const at = all.indexOf(Number(Buffer.from(input.NextToken, 'base64').toString('utf8')));
  if (at < 0) throw new AwsError('InvalidArgumentException', 'NextToken is not one of this request.');
  return all.slice(at);
}

function imageFormat({
  Format,
  FormatConfig,
  WidthPixels,
  HeightPixels,
}: archivedMedia.GetImagesInput): ImageFormat {
  if (WidthPixels !== undefined && HeightPixels === undefined) {
    throw new AwsError('ValidationException', 'WidthPixels needs HeightPixels.');
  }
  const quality = FormatConfig?.JPEGQuality;
  if (quality !== undefined && !/^([1-9]\d?|100)$/.test(quality)) {
    throw new AwsError('InvalidArgumentException', 'JPEGQuality must be a whole number from 1 to 100.');
  }
  return {
    type: Format === 'PNG' ? 'PNG' : 'JPEG',
    quality: quality === undefined ? undefined : Number(quality),
    width: WidthPixels,
    height: HeightPixels,
  };
}

async function imageAt(
  time: number,
  kept: readonly RetainedPicture[],
  format: ImageFormat,
): Promise<archivedMedia.Image> {
  const TimeStamp = new Date(time);
  const distance = (picture: RetainedPicture) => Math.abs(picture.time - time);
  const nearest = kept.reduce<RetainedPicture | undefined>(
    (best, picture) => (best && distance(best) <= distance(picture) ? best : picture),
    undefined,
  );
  if (!nearest || distance(nearest) > reachMs) return { TimeStamp, Error: 'NO_MEDIA' };
  try {
    const image = await imageIn(format, nearest.jpeg);
    return { TimeStamp, ImageContent: Buffer.from(image).toString('base64') };
  } catch {
    return { TimeStamp, Error: 'MEDIA_ERROR' };
  }
}

import { APIName, GetDataEndpointCommand, KinesisVideoClient } from '@aws-sdk/client-kinesis-video';
import { second } from '../../party/clock.ts';
import { Table } from '../../party/stores/table.ts';
import type { VideoSettings } from '../settings.ts';
import { PutMedia, type PutMediaOptions } from '../video/put-media.ts';
import type { AwsClock } from './aws-clock.ts';
import { connectTable, requestHandler } from './table.ts';

/** What the producer does on AWS when it uploads the video. */
export interface VideoAws {
  readonly table: Table;
  /**
   * Opens an upload to the video stream, for fragments from this time on (milliseconds since 1970). The stream must be
   * there: none is ever made.
   *
   * @throws the SDK's errors, PutMediaError
   */
  openUpload(startTime: number, onAcknowledgement: PutMediaOptions['onAcknowledgement']): Promise<PutMedia>;
  close(): void;
}

/** Says who calls, as every client of AWS does. */
const userAgent = 'musical-joy-producer';

/**
 * AWS as the producer uses it for video. Credentials are the SDK's to find.
 *
 * @param endpoint of all services; the SDK's to find when not given
 */
export function connectVideoAws(
  { region, table, videoStream }: Pick<VideoSettings, 'region' | 'table' | 'videoStream'>,
  clock: AwsClock,
  { endpoint }: { readonly endpoint?: string } = {},
): VideoAws {
  const place = { region, ...(endpoint !== undefined && { endpoint }) };
  const { documents, dynamoDb } = connectTable(place, clock);
  const video = new KinesisVideoClient({ ...place, maxAttempts: 2, requestHandler });
  clock.listenTo(video);
  let dataEndpoint: string | undefined;

  /** It stays the same, but after a failure it is asked for again. */
  async function findEndpoint(): Promise<string> {
    const command = new GetDataEndpointCommand({ StreamName: videoStream, APIName: APIName.PUT_MEDIA });
    const { DataEndpoint = '' } = await video.send(command, {
      abortSignal: AbortSignal.timeout(10 * second),
    });
    return DataEndpoint;
  }

  return {
    table: new Table(documents, table),
    async openUpload(startTime, onAcknowledgement) {
      const endpointNow = dataEndpoint ?? (await findEndpoint());
      dataEndpoint = undefined;
      const connection = await PutMedia.open(
        {
          endpoint: endpointNow,
          region,
          streamName: videoStream,
          credentials: video.config.credentials,
          startTime,
          now: clock.now(),
          userAgent,
          sha256: video.config.sha256,
        },
        { onAcknowledgement },
      );
      dataEndpoint = endpointNow;
      return connection;
    },
    close() {
      dynamoDb.destroy();
      video.destroy();
    },
  };
}

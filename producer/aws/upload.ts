import { APIName, GetDataEndpointCommand, KinesisVideoClient } from '@aws-sdk/client-kinesis-video';
import { second } from '../../party/clock.ts';
import { PutMedia, type PutMediaOptions } from '../video/put-media.ts';
import type { AwsClock } from './aws-clock.ts';
import { requestHandler } from './table.ts';

/** Uploads to one video stream. */
export interface UploadAws {
  /**
   * Opens an upload, for fragments from this time on (milliseconds since 1970). The stream must be there: none is ever
   * made.
   *
   * @throws the SDK's errors, PutMediaError
   */
  openUpload(startTime: number, onAcknowledgement: PutMediaOptions['onAcknowledgement']): Promise<PutMedia>;
  close(): void;
}

/** Says who calls, as every client of AWS does. */
const userAgent = 'musical-joy-producer';

/** Kinesis Video as the producer uses it. Credentials are the SDK's to find, and the endpoint, when it is not given. */
export function connectUpload(
  {
    region,
    videoStream,
    endpoint,
  }: { readonly region: string; readonly videoStream: string; readonly endpoint?: string },
  clock: AwsClock,
): UploadAws {
  const place = { region, ...(endpoint !== undefined && { endpoint }) };
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
    close: () => video.destroy(),
  };
}

import { GetDataEndpointCommand, KinesisVideoClient } from '@aws-sdk/client-kinesis-video';
import {
  GetImagesCommand,
  KinesisVideoArchivedMediaClient,
} from '@aws-sdk/client-kinesis-video-archived-media';
import { callOptions } from '../call-options.ts';

const lookedBack = 60_000;

/**
 * When the last picture of a video stream was taken, within the last minute.
 *
 * @returns milliseconds since 1970
 */
export async function lastPictureOf(StreamName: string, now = Date.now): Promise<number | undefined> {
  const { DataEndpoint: endpoint } = await new KinesisVideoClient(callOptions()).send(
    new GetDataEndpointCommand({ StreamName, APIName: 'GET_IMAGES' }),
  );
  const client = new KinesisVideoArchivedMediaClient({ ...callOptions(), ...(endpoint && { endpoint }) });
  const { Images = [] } = await client.send(
    new GetImagesCommand({
      StreamName,
      ImageSelectorType: 'SERVER_TIMESTAMP',
      StartTimestamp: new Date(now() - lookedBack),
      EndTimestamp: new Date(now()),
      Format: 'JPEG',
      SamplingInterval: 5000,
      MaxResults: 25,
    }),
  );
  const times = Images.filter((image) => image.Error === undefined).map(({ TimeStamp }) => Number(TimeStamp));
  return times.length > 0 ? Math.max(...times) : undefined;
}

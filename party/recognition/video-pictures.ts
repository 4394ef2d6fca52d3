import { GetDataEndpointCommand, type KinesisVideoClient } from '@aws-sdk/client-kinesis-video';
import {
  GetImagesCommand,
  KinesisVideoArchivedMediaClient,
} from '@aws-sdk/client-kinesis-video-archived-media';
import { second } from '../clock.ts';
import type { FrameClock } from '../record/frame-time.ts';

/** The pictures that a Kinesis Video stream has kept. */
export class VideoPictures {
  readonly #kinesisVideo: KinesisVideoClient;
  readonly #streamName: string;
  #archive: KinesisVideoArchivedMediaClient | undefined;

  constructor(kinesisVideo: KinesisVideoClient, streamName: string) {
    this.#kinesisVideo = kinesisVideo;
    this.#streamName = streamName;
  }

  /**
   * The first picture, JPEG, of the second that begins at a time.
   *
   * @param time milliseconds since 1970
   * @param clock that this time is of: a stream knows its pictures by the producer's and by its own
   * @returns undefined when the stream has none
   */
  async at(time: number, clock: FrameClock = 'producer'): Promise<Uint8Array | undefined> {
    const archive = await this.#openArchive();
    const { Images = [] } = await archive.send(
      new GetImagesCommand({
        StreamName: this.#streamName,
        ImageSelectorType: clock === 'service' ? 'SERVER_TIMESTAMP' : 'PRODUCER_TIMESTAMP',
        StartTimestamp: new Date(time),
        EndTimestamp: new Date(time + second),
        Format: 'JPEG',
        SamplingInterval: 200,
        MaxResults: 1,
      }),
    );
    const content = Images.find((image) => image.ImageContent)?.ImageContent;
    return content ? Buffer.from(content, 'base64') : undefined;
  }

  /** Each stream's archive has an endpoint of its own. */
  async #openArchive(): Promise<KinesisVideoArchivedMediaClient> {
    if (!this.#archive) {
      const { DataEndpoint } = await this.#kinesisVideo.send(
        new GetDataEndpointCommand({ StreamName: this.#streamName, APIName: 'GET_IMAGES' }),
      );
      this.#archive = new KinesisVideoArchivedMediaClient({
        ...(DataEndpoint && { endpoint: DataEndpoint }),
        requestHandler: this.#kinesisVideo.config.requestHandler,
      });
    }
    return this.#archive;
  }
}

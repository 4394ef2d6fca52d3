import { DescribeStreamSummaryCommand, type KinesisClient } from '@aws-sdk/client-kinesis';
import {
  DescribeStreamCommand,
  GetDataEndpointCommand,
  type KinesisVideoClient,
} from '@aws-sdk/client-kinesis-video';
import {
  GetImagesCommand,
  KinesisVideoArchivedMediaClient,
} from '@aws-sdk/client-kinesis-video-archived-media';
import {
  CreateStreamProcessorCommand,
  DescribeStreamProcessorCommand,
  type RekognitionClient,
  ResourceInUseException,
  ResourceNotFoundException,
  StartStreamProcessorCommand,
  StopStreamProcessorCommand,
  type StreamProcessorStatus,
} from '@aws-sdk/client-rekognition';
import { type Clock, second } from '../clock.ts';
import type { VideoConfig } from '../config.ts';
import { RecognitionError } from '../errors.ts';
import type { Recognition, RecognitionStatus, SightingRules } from './recognition.ts';

/** The clients that the recognition by streaming video speaks with. */
export interface VideoClients {
  readonly rekognition: RekognitionClient;
  readonly kinesis: KinesisClient;
  readonly kinesisVideo: KinesisVideoClient;
}

/** "Starting" and "stopping" last seconds; AWS advises to give up on a start after two minutes. */
const patience = 20 * second;
const pollEvery = 250;
/** A fragment can be read back a few seconds after it was sent. */
const picturePatience = 6 * second;

const rules: SightingRules = {
  threshold: 80,
  certain: 99,
  margin: 3,
  window: 3 * second,
  // Rekognition's advice for recognition from video: less than 45 degrees to the side.
  maxYaw: 45,
  maxPitch: 45,
};

const states: Readonly<Record<StreamProcessorStatus, RecognitionStatus['state']>> = {
  STOPPED: 'off',
  STARTING: 'starting',
  RUNNING: 'on',
  UPDATING: 'on',
  STOPPING: 'stopping',
  FAILED: 'failed',
};

/**
 * Recognition by a Rekognition stream processor that reads a Kinesis Video stream. The processor is made when it
 * is first wanted and named after the video stream, of which it is the only one.
 */
export class VideoRecognition implements Recognition {
  readonly rules = rules;
  readonly #clients: VideoClients;
  readonly #config: VideoConfig;
  readonly #now: Clock;
  #images: KinesisVideoArchivedMediaClient | undefined;

  constructor(clients: VideoClients, config: VideoConfig, now: Clock) {
    this.#clients = clients;
    this.#config = config;
    this.#now = now;
  }

  async start(): Promise<void> {
    const giveUp = this.#now() + patience;
    while (this.#now() < giveUp) {
      const { state, message } = await this.status();
      if (state === 'on') return;
      if (state === 'off' || state === 'failed') {
        await this.#createIfMissing();
        await this.#unlessInUse(new StartStreamProcessorCommand({ Name: this.#name }));
        await this.#settled('starting', giveUp);
        const after = await this.status();
        if (after.state === 'failed')
          throw new RecognitionError(after.message ?? message ?? 'no reason was given');
      } else await pause();
    }
    if ((await this.status()).state !== 'on')
      throw new RecognitionError(
        `the stream processor ${this.#name} did not start within ${patience / second} s`,
      );
  }

  async stop(): Promise<void> {
    const giveUp = this.#now() + patience;
    while (this.#now() < giveUp) {
      const { state } = await this.status();
      if (state === 'off' || state === 'failed' || state === 'stopping') return;
      if (state === 'on') await this.#unlessInUse(new StopStreamProcessorCommand({ Name: this.#name }));
      await pause();
    }
    throw new RecognitionError(
      `the stream processor ${this.#name} did not stop within ${patience / second} s`,
    );
  }

  async status(): Promise<RecognitionStatus> {
    try {
      const { Status = 'STOPPED', StatusMessage } = await this.#clients.rekognition.send(
        new DescribeStreamProcessorCommand({ Name: this.#name }),
      );
      return { state: states[Status], ...(StatusMessage && { message: StatusMessage }) };
    } catch (error) {
      if (error instanceof ResourceNotFoundException) return { state: 'off' };
      throw error;
    }
  }

  async picture(time: number): Promise<Uint8Array | undefined> {
    const giveUp = this.#now() + picturePatience;
    for (;;) {
      const { Images = [] } = await (await this.#archive()).send(
        new GetImagesCommand({
          StreamName: this.#config.VIDEO_STREAM_NAME,
          ImageSelectorType: 'PRODUCER_TIMESTAMP',
          StartTimestamp: new Date(time),
          EndTimestamp: new Date(time + second),
          Format: 'JPEG',
          SamplingInterval: 200,
          MaxResults: 1,
        }),
      );
      const content = Images.find((image) => image.ImageContent)?.ImageContent;
      if (content) return Buffer.from(content, 'base64');
      if (this.#now() >= giveUp) return undefined;
      await pause();
    }
  }

  get #name(): string {
    return this.#config.VIDEO_STREAM_NAME;
  }

  async #createIfMissing(): Promise<void> {
    const [video, data] = await Promise.all([
      this.#clients.kinesisVideo.send(
        new DescribeStreamCommand({ StreamName: this.#config.VIDEO_STREAM_NAME }),
      ),
      this.#clients.kinesis.send(
        new DescribeStreamSummaryCommand({ StreamName: this.#config.DATA_STREAM_NAME }),
      ),
    ]);
    await this.#unlessInUse(
      new CreateStreamProcessorCommand({
        Name: this.#name,
        Input: { KinesisVideoStream: { Arn: video.StreamInfo?.StreamARN } },
        Output: { KinesisDataStream: { Arn: data.StreamDescriptionSummary?.StreamARN } },
        RoleArn: this.#config.STREAM_PROCESSOR_ROLE_ARN,
        Settings: {
          FaceSearch: { CollectionId: this.#config.COLLECTION_ID, FaceMatchThreshold: rules.threshold },
        },
        // The guests' faces are not for anybody's training.
        DataSharingPreference: { OptIn: false },
      }),
    );
  }

  /** "In use" says that somebody else has just done it, or that it is on its way: the state tells. */
  async #unlessInUse(
    command: CreateStreamProcessorCommand | StartStreamProcessorCommand | StopStreamProcessorCommand,
  ): Promise<void> {
    try {
      await this.#clients.rekognition.send(command as StartStreamProcessorCommand);
    } catch (error) {
      if (!(error instanceof ResourceInUseException)) throw error;
    }
  }

  async #settled(passing: RecognitionStatus['state'], giveUp: number): Promise<void> {
    while ((await this.status()).state === passing && this.#now() < giveUp) await pause();
  }

  async #archive(): Promise<KinesisVideoArchivedMediaClient> {
    if (!this.#images) {
      const { DataEndpoint } = await this.#clients.kinesisVideo.send(
        new GetDataEndpointCommand({ StreamName: this.#config.VIDEO_STREAM_NAME, APIName: 'GET_IMAGES' }),
      );
      this.#images = new KinesisVideoArchivedMediaClient({ ...(DataEndpoint && { endpoint: DataEndpoint }) });
    }
    return this.#images;
  }
}

const pause = (): Promise<void> => new Promise((resolve) => setTimeout(resolve, pollEvery));

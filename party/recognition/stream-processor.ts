import { DescribeStreamSummaryCommand, type KinesisClient } from '@aws-sdk/client-kinesis';
import { DescribeStreamCommand, type KinesisVideoClient } from '@aws-sdk/client-kinesis-video';
import {
  CreateStreamProcessorCommand,
  DeleteStreamProcessorCommand,
  DescribeStreamProcessorCommand,
  type DescribeStreamProcessorCommandOutput,
  type RekognitionClient,
  StartStreamProcessorCommand,
  StopStreamProcessorCommand,
  type StreamProcessorStatus,
} from '@aws-sdk/client-rekognition';
import type { VideoConfig } from '../config.ts';
import { RecognitionError } from '../errors.ts';
import type { RecognitionStatus } from './recognition.ts';
import { type Outcome, outcomeOf } from './refusal.ts';
import { videoText as text } from './video.text.ts';

/** The clients that a stream processor is looked after with. */
export interface ProcessorClients {
  readonly rekognition: RekognitionClient;
  readonly kinesis: KinesisClient;
  readonly kinesisVideo: KinesisVideoClient;
}

/** The settings of a stream processor. */
export type ProcessorConfig = Pick<
  VideoConfig,
  'COLLECTION_ID' | 'DATA_STREAM_NAME' | 'VIDEO_STREAM_NAME' | 'STREAM_PROCESSOR_ROLE_ARN'
>;

/** From which stream a processor reads and to which it writes. */
export interface Streams {
  readonly video: string;
  readonly data: string;
}

const states: Readonly<Record<StreamProcessorStatus, RecognitionStatus['state']>> = {
  STOPPED: 'off',
  STARTING: 'starting',
  RUNNING: 'on',
  UPDATING: 'on',
  STOPPING: 'stopping',
  FAILED: 'failed',
};

/** A stream processor as it was found. */
export class FoundProcessor {
  readonly state: RecognitionStatus['state'];
  readonly message: string | undefined;
  readonly #description: DescribeStreamProcessorCommandOutput;

  constructor(description: DescribeStreamProcessorCommandOutput) {
    this.#description = description;
    this.state = states[description.Status ?? 'STOPPED'];
    this.message = description.StatusMessage;
  }

  /** Whether it reads a video stream of this name. One of another stream has nothing to do with this house. */
  reads(videoStream: string): boolean {
    const arn = this.#description.Input?.KinesisVideoStream?.Arn;
    // arn:aws:kinesisvideo:<Region>:<account>:stream/<name>/<time of creation>
    return arn === undefined || arn.split('/')[1] === videoStream;
  }

  /** Whether it does what is wanted of it. Nothing of it can be changed (API reference, UpdateStreamProcessor). */
  fits(config: ProcessorConfig, { video, data }: Streams, threshold: number): boolean {
    const { Input, Output, RoleArn, Settings } = this.#description;
    return (
      Input?.KinesisVideoStream?.Arn === video &&
      Output?.KinesisDataStream?.Arn === data &&
      RoleArn === config.STREAM_PROCESSOR_ROLE_ARN &&
      Settings?.FaceSearch?.CollectionId === config.COLLECTION_ID &&
      Settings?.FaceSearch?.FaceMatchThreshold === threshold
    );
  }
}

/**
 * The one stream processor of the house, named after its video stream. Each call says what became of it; what no
 * other try would mend is thrown as RecognitionError with words for the host.
 */
export class StreamProcessor {
  readonly #clients: ProcessorClients;
  readonly #config: ProcessorConfig;

  constructor(clients: ProcessorClients, config: ProcessorConfig) {
    this.#clients = clients;
    this.#config = config;
  }

  get name(): string {
    return this.#config.VIDEO_STREAM_NAME;
  }

  /** The streams as they are now. The ARN of a video stream that was made anew is another one. */
  async streams(): Promise<Streams> {
    const { VIDEO_STREAM_NAME, DATA_STREAM_NAME } = this.#config;
    const { kinesis, kinesisVideo } = this.#clients;
    const [video, data] = await Promise.all([
      found(kinesisVideo.send(new DescribeStreamCommand({ StreamName: VIDEO_STREAM_NAME }))),
      found(kinesis.send(new DescribeStreamSummaryCommand({ StreamName: DATA_STREAM_NAME }))),
    ]);
    return {
      video: video.StreamInfo?.StreamARN ?? '',
      data: data.StreamDescriptionSummary?.StreamARN ?? '',
    };
  }

  async find(): Promise<FoundProcessor | Exclude<Outcome, 'done'>> {
    try {
      const command = new DescribeStreamProcessorCommand({ Name: this.name });
      return new FoundProcessor(await this.#clients.rekognition.send(command));
    } catch (error) {
      return outcomeOf(error) as Exclude<Outcome, 'done'>;
    }
  }

  create({ video, data }: Streams, threshold: number): Promise<Outcome> {
    const command = new CreateStreamProcessorCommand({
      Name: this.name,
      Input: { KinesisVideoStream: { Arn: video } },
      Output: { KinesisDataStream: { Arn: data } },
      RoleArn: this.#config.STREAM_PROCESSOR_ROLE_ARN,
      Settings: { FaceSearch: { CollectionId: this.#config.COLLECTION_ID, FaceMatchThreshold: threshold } },
      // The guests' faces are not for anybody's training.
      DataSharingPreference: { OptIn: false },
    });
    return outcome(this.#clients.rekognition.send(command));
  }

  start(): Promise<Outcome> {
    return outcome(this.#clients.rekognition.send(new StartStreamProcessorCommand({ Name: this.name })));
  }

  stop(): Promise<Outcome> {
    return outcome(this.#clients.rekognition.send(new StopStreamProcessorCommand({ Name: this.name })));
  }

  delete(): Promise<Outcome> {
    return outcome(this.#clients.rekognition.send(new DeleteStreamProcessorCommand({ Name: this.name })));
  }
}

async function outcome(call: Promise<unknown>): Promise<Outcome> {
  try {
    await call;
    return 'done';
  } catch (error) {
    return outcomeOf(error);
  }
}

/** What must be there for a processor to be made. */
async function found<Answer>(call: Promise<Answer>): Promise<Answer> {
  try {
    return await call;
  } catch (error) {
    if (outcomeOf(error) !== 'not there') throw new RecognitionError(text.busy, { cause: error });
    throw new RecognitionError(text.missing((error as Error).message), { cause: error });
  }
}

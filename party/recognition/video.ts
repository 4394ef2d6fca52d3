import { KinesisClient } from '@aws-sdk/client-kinesis';
import { GetDataEndpointCommand, KinesisVideoClient } from '@aws-sdk/client-kinesis-video';
import {
  GetImagesCommand,
  KinesisVideoArchivedMediaClient,
} from '@aws-sdk/client-kinesis-video-archived-media';
import { RekognitionClient } from '@aws-sdk/client-rekognition';
import { type Clock, second } from '../clock.ts';
import { RecognitionError } from '../errors.ts';
import type { Recognition, RecognitionStatus } from './recognition.ts';
import { AccountRefusedError, type Outcome } from './refusal.ts';
import { sightingRules } from './rules.ts';
import { type ProcessorClients, type ProcessorConfig, StreamProcessor } from './stream-processor.ts';
import { videoText as text } from './video.text.ts';

/** "Starting" and "stopping" last seconds; AWS advises to give up on a start after two minutes. */
const patience = 20 * second;
const pollEvery = 250;
/** After a call that was too many, and between two Stops: one a second is allowed (Rekognition quotas). */
const breath = second;
/** A fragment can be read back a few seconds after it was sent. */
const picturePatience = 6 * second;

/** The recognition, by SDK clients that find Region, credentials and endpoint themselves. */
export function createVideoRecognition(config: ProcessorConfig, now: Clock): VideoRecognition {
  const clients = {
    rekognition: new RekognitionClient(),
    kinesis: new KinesisClient(),
    kinesisVideo: new KinesisVideoClient(),
  };
  return new VideoRecognition(clients, config, now);
}

/**
 * Recognition by a Rekognition stream processor that reads a Kinesis Video stream. The processor is made when it
 * is first wanted and named after the video stream, of which it is the only one.
 *
 * Which calls AWS refuses in which state is not written down, so none of it is relied on: starting and stopping
 * look at the state, do what leads on from there, and look again.
 */
export class VideoRecognition implements Recognition {
  readonly #clients: ProcessorClients;
  readonly #config: ProcessorConfig;
  readonly #processor: StreamProcessor;
  readonly #now: Clock;
  #images: KinesisVideoArchivedMediaClient | undefined;

  constructor(clients: ProcessorClients, config: ProcessorConfig, now: Clock) {
    this.#clients = clients;
    this.#config = config;
    this.#processor = new StreamProcessor(clients, config);
    this.#now = now;
  }

  async start(): Promise<void> {
    const processor = this.#processor;
    const giveUp = this.#now() + patience;
    const streams = await processor.streams();
    let reason = text.startsLate(processor.name, patience / second);
    let started = false;
    while (this.#now() < giveUp) {
      const found = await processor.find();
      let outcome: Outcome = 'done';
      if (found === 'not there') {
        outcome = await processor.create(streams, sightingRules.video.threshold);
        // Or its name was free only a moment ago: the next look tells.
        if (outcome === 'in use')
          reason = text.streamTaken(this.#config.VIDEO_STREAM_NAME, this.#config.DATA_STREAM_NAME);
        if (outcome === 'done') continue;
      } else if (typeof found === 'string') outcome = found;
      else if (!found.reads(this.#config.VIDEO_STREAM_NAME))
        throw new RecognitionError(text.nameTaken(processor.name));
      else {
        const { state, message = text.noReason } = found;
        const fits = found.fits(this.#config, streams, sightingRules.video.threshold);
        if (state === 'on' && fits) return;
        if (state === 'failed' && started) throw new RecognitionError(message);
        if (state === 'failed') reason = message;
        if (state === 'on') outcome = await processor.stop();
        if (state === 'off' || state === 'failed') {
          outcome = fits ? await processor.start() : await processor.delete();
          started = fits && outcome === 'done';
          // One that failed and cannot be started again is made anew.
          if (fits && outcome === 'in use' && state === 'failed') outcome = await processor.delete();
        }
      }
      await pause(outcome === 'busy' ? breath : pollEvery);
    }
    throw new RecognitionError(reason);
  }

  async stop(): Promise<void> {
    const giveUp = this.#now() + patience;
    while (this.#now() < giveUp) {
      const found = await this.#findMine();
      const state = typeof found === 'string' ? found : found.state;
      if (['not there', 'off', 'failed', 'stopping'].includes(state)) return;
      const outcome = state === 'on' || state === 'starting' ? await this.#processor.stop() : 'busy';
      await pause(outcome === 'done' ? pollEvery : breath);
    }
    throw new RecognitionError(text.stopsLate(this.#processor.name, patience / second));
  }

  async status(): Promise<RecognitionStatus> {
    try {
      const found = await this.#processor.find();
      if (found === 'busy') throw new RecognitionError(text.busy);
      if (typeof found === 'string' || !found.reads(this.#config.VIDEO_STREAM_NAME)) return { state: 'off' };
      return { state: found.state, ...(found.message && { message: found.message }) };
    } catch (error) {
      if (error instanceof AccountRefusedError) return { state: 'failed', message: error.message };
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
      await pause(pollEvery);
    }
  }

  /** The processor, if it is this house's to stop. Where AWS lets an account have none, there is none. */
  async #findMine(): ReturnType<StreamProcessor['find']> {
    try {
      const found = await this.#processor.find();
      const another = typeof found !== 'string' && !found.reads(this.#config.VIDEO_STREAM_NAME);
      return another ? 'not there' : found;
    } catch (error) {
      if (error instanceof AccountRefusedError) return 'not there';
      throw error;
    }
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

const pause = (milliseconds: number): Promise<void> =>
  new Promise((resolve) => setTimeout(resolve, milliseconds));

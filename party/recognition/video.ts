import { setTimeout as delay } from 'node:timers/promises';
import { KinesisClient } from '@aws-sdk/client-kinesis';
import { KinesisVideoClient } from '@aws-sdk/client-kinesis-video';
import { RekognitionClient } from '@aws-sdk/client-rekognition';
import { type Clock, type Pause, second } from '../clock.ts';
import { NotYetError, RecognitionError } from '../errors.ts';
import type { FrameClock } from '../record/frame-time.ts';
import type { ClientOptions } from '../stores/call-timeout.ts';
import type { Recognition, RecognitionStatus } from './recognition.ts';
import { AccountRefusedError } from './refusal.ts';
import { sightingRules } from './rules.ts';
import {
  type FoundProcessor,
  type ProcessorClients,
  type ProcessorConfig,
  StreamProcessor,
  type Streams,
} from './stream-processor.ts';
import { videoText as text } from './video.text.ts';
import { VideoPictures } from './video-pictures.ts';
import {
  type Call,
  type Found,
  pauseAfter,
  reasonOf,
  type StartFailure,
  startStep,
  stopStep,
  type Tried,
} from './video-steps.ts';

/** "Starting" and "stopping" last seconds; AWS advises to give up on a start after two minutes. */
const patience = 20 * second;
/**
 * Between two looks. The long one is for an AWS that is busy, and between two Stops: one a second is allowed
 * (Rekognition quotas).
 */
const pauses = { none: 0, short: 250, long: second } as const;
/** A fragment can be read back a few seconds after it was sent. */
const picturePatience = 6 * second;

/**
 * The recognition, by SDK clients that find Region, credentials and endpoint themselves.
 *
 * @param pause between two looks
 */
export function createVideoRecognition(
  config: ProcessorConfig,
  now: Clock,
  options: ClientOptions,
  pause?: Pause,
): VideoRecognition {
  const clients = {
    rekognition: new RekognitionClient(options),
    kinesis: new KinesisClient(options),
    kinesisVideo: new KinesisVideoClient(options),
  };
  return new VideoRecognition(clients, config, now, pause);
}

/**
 * Recognition by a Rekognition stream processor that reads a Kinesis Video stream. The processor is made when it
 * is first wanted and named after the video stream, of which it is the only one.
 *
 * Starting and stopping look at the state, do what leads on from there (`video-steps.ts`), and look again.
 */
export class VideoRecognition implements Recognition {
  readonly #config: ProcessorConfig;
  readonly #processor: StreamProcessor;
  readonly #now: Clock;
  readonly #pause: Pause;
  readonly #pictures: VideoPictures;

  /** @param pause between two looks */
  constructor(clients: ProcessorClients, config: ProcessorConfig, now: Clock, pause: Pause = delay) {
    this.#config = config;
    this.#processor = new StreamProcessor(clients, config);
    this.#pictures = new VideoPictures(clients.kinesisVideo, config.VIDEO_STREAM_NAME);
    this.#now = now;
    this.#pause = pause;
  }

  async start(until = this.#now() + patience): Promise<void> {
    const began = this.#now();
    const giveUp = Math.min(began + patience, until);
    const streams = await this.#processor.streams();
    let why: StartFailure | undefined;
    let tried: Tried | undefined;
    while (this.#now() < giveUp) {
      const found = await this.#find(streams);
      const step = startStep(found, tried);
      if (step.do === 'done') return;
      if (step.do === 'give up') throw new RecognitionError(this.#words(step.why));
      const call = step.do === 'wait' ? undefined : await this.#do(step.do, streams, step.ifInUse);
      tried = call ?? tried;
      why = reasonOf(found, call) ?? why;
      await this.#pause(pauses[pauseAfter(found, call)]);
    }
    const waited = Math.max(0, Math.round((giveUp - began) / second));
    const words = why ? this.#words(why) : text.startsLate(this.#processor.name, waited);
    // Whoever gave it less than its time cannot tell what is over from what will not be.
    throw why && giveUp === began + patience ? new RecognitionError(words) : new NotYetError(words);
  }

  async stop(): Promise<void> {
    const giveUp = this.#now() + patience;
    while (this.#now() < giveUp) {
      const step = await this.#stopStep();
      if (step === 'done') return;
      const outcome = step === 'stop' ? await this.#processor.stop() : 'busy';
      await this.#pause(outcome === 'done' ? pauses.short : pauses.long);
    }
    throw new RecognitionError(text.stopsLate(this.#processor.name, patience / second));
  }

  async status(): Promise<RecognitionStatus> {
    try {
      const found = await this.#processor.find();
      if (found === 'busy') throw new RecognitionError(text.busy);
      if (typeof found === 'string' || !this.#isOurs(found)) return { state: 'off' };
      return { state: found.state, ...(found.message && { message: found.message }) };
    } catch (error) {
      if (error instanceof AccountRefusedError) return { state: 'failed', message: error.message };
      throw error;
    }
  }

  async picture(time: number, clock?: FrameClock): Promise<Uint8Array | undefined> {
    const giveUp = this.#now() + picturePatience;
    for (;;) {
      const picture = await this.#pictures.at(time, clock);
      if (picture || this.#now() >= giveUp) return picture;
      await this.#pause(pauses.short);
    }
  }

  async #find(streams: Streams): Promise<Found> {
    const found = await this.#processor.find();
    if (typeof found === 'string') return found;
    const { state, message } = found;
    const { threshold } = sightingRules.video;
    return {
      state,
      message,
      isOurs: this.#isOurs(found),
      fits: found.fits(this.#config, streams, threshold),
    };
  }

  /** @param ifInUse what is asked in its place when it is refused as in use */
  async #do(call: Call, streams: Streams, ifInUse?: Call): Promise<Tried> {
    const processor = this.#processor;
    const outcome =
      call === 'create'
        ? await processor.create(streams, sightingRules.video.threshold)
        : await processor[call]();
    return outcome === 'in use' && ifInUse ? this.#do(ifInUse, streams) : { call, outcome };
  }

  /** Where AWS lets an account have no stream processor, there is none to stop. */
  async #stopStep(): Promise<ReturnType<typeof stopStep>> {
    try {
      const found = await this.#processor.find();
      return stopStep(
        typeof found === 'string' ? found : { state: found.state, isOurs: this.#isOurs(found) },
      );
    } catch (error) {
      if (error instanceof AccountRefusedError) return 'done';
      throw error;
    }
  }

  #isOurs(found: FoundProcessor): boolean {
    return found.reads(this.#config.VIDEO_STREAM_NAME);
  }

  #words(why: StartFailure): string {
    const { name } = this.#processor;
    if (why === 'name taken') return text.nameTaken(name);
    if (why === 'stream taken')
      return text.streamTaken(this.#config.VIDEO_STREAM_NAME, this.#config.DATA_STREAM_NAME);
    return why.failed ?? text.noReason;
  }
}

import { setTimeout as delay } from 'node:timers/promises';
import { type Clock, type Pause, second } from '../clock.ts';
import { isAlive, type Pulses } from './pulse.ts';
import type { Recognition, RecognitionStatus } from './recognition.ts';
import { videoText as text } from './video.text.ts';
import type { Wish, Wishes } from './wish.ts';

/** What a producer at home is told by, and what it says. */
export interface ProducerWishes {
  readonly wishes: Wishes;
  readonly pulses: Pick<Pulses, 'read'>;
}

/** A producer reads the wish every few seconds. Who uploads with another program has no pulse, and waits for nobody. */
const patience = 15 * second;
const pollEvery = 250;

/**
 * A recognition that searches the video of a producer at home: while it is on, the producer is told to upload, and not
 * otherwise, for video is paid by the gigabyte. The video begins first: a stream processor should start only once some
 * arrives (Rekognition developer guide, "Troubleshooting streaming video").
 */
export class RecognitionWithProducer implements Recognition {
  readonly #recognition: Recognition;
  readonly #producer: ProducerWishes;
  readonly #now: Clock;
  readonly #pause: Pause;

  /** @param pause between two looks at the pulse */
  constructor(recognition: Recognition, producer: ProducerWishes, now: Clock, pause: Pause = delay) {
    this.#recognition = recognition;
    this.#producer = producer;
    this.#now = now;
    this.#pause = pause;
  }

  async start(until?: number): Promise<void> {
    await this.#uploads(await this.#producer.wishes.write(true), until);
    await this.#recognition.start(until);
  }

  /** The video goes on while the recognition cannot be stopped, for then the party does too. */
  async stop(): Promise<void> {
    await this.#recognition.stop();
    await this.#producer.wishes.write(false);
  }

  /**
   * With what the producer says is wrong, when nothing else is. A video that nobody searches is a failure, such as that
   * of a start that died halfway: whoever looks after those ends it.
   */
  async status(): Promise<RecognitionStatus> {
    const { wishes } = this.#producer;
    const status = await this.#recognition.status();
    if (status.state === 'off' && (await wishes.read())?.on)
      return { state: 'failed', message: text.unsearched };
    if (status.state !== 'on' || status.message !== undefined) return status;
    const pulse = await this.#producer.pulses.read();
    const isServing = pulse?.serves !== undefined && isAlive(pulse, this.#now());
    return isServing && pulse.problem !== undefined ? { ...status, message: pulse.problem } : status;
  }

  picture(...asked: Parameters<Recognition['picture']>): Promise<Uint8Array | undefined> {
    return this.#recognition.picture(...asked);
  }

  /** Waits for a producer that is there to have taken up the wish. */
  async #uploads(wish: Wish, until = Number.POSITIVE_INFINITY): Promise<void> {
    const giveUp = Math.min(this.#now() + patience, until);
    for (;;) {
      const pulse = await this.#producer.pulses.read();
      const isThere = pulse !== undefined && isAlive(pulse, this.#now());
      if (!isThere || pulse.serves === wish.since || this.#now() >= giveUp) return;
      await this.#pause(pollEvery);
    }
  }
}

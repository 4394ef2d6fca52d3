import { setTimeout as delay } from 'node:timers/promises';
import { type Clock, type Pause, second } from '../clock.ts';
import { NotYetError, RecognitionError } from '../errors.ts';
import type { Storage } from '../stores/storage.ts';
import { storageKey } from '../stores/storage-key.ts';
import { isAlive, type Pulse, type Pulses } from './pulse.ts';
import type { Recognition, RecognitionStatus } from './recognition.ts';
import type { Wish, Wishes } from './wish.ts';

/** What the recognition by images reads and writes. */
export interface ImagesParts {
  readonly wishes: Wishes;
  readonly pulses: Pulses;
  readonly storage: Pick<Storage, 'find'>;
}

/** A producer reads the wish every few seconds, and says at once that it has taken it up. */
const patience = 15 * second;
const pollEvery = 250;
/** The producer sends a frame's picture while its record is already on the way. */
const picturePatience = 6 * second;

/**
 * Recognition by the producer at home: it finds the faces itself, and searches only good crops of them. The chat
 * wishes, the producer reads the wish and answers with its pulse.
 */
export class ImagesRecognition implements Recognition {
  readonly #parts: ImagesParts;
  readonly #now: Clock;
  readonly #pause: Pause;

  /** @param pause between two looks */
  constructor(parts: ImagesParts, now: Clock, pause: Pause = delay) {
    this.#parts = parts;
    this.#now = now;
    this.#pause = pause;
  }

  async start(until = this.#now() + patience): Promise<void> {
    const { wishes, pulses } = this.#parts;
    const before = await pulses.read();
    if (!before || !isAlive(before, this.#now())) throw new RecognitionError(notThere(before));
    const wish = await wishes.write(true);
    const began = this.#now();
    const giveUp = Math.min(began + patience, until);
    while (!serves(await pulses.read(), wish)) {
      if (this.#now() >= giveUp) {
        const waited = Math.round((giveUp - began) / second);
        throw new NotYetError(`the producer beside the camera did not answer within ${waited} s`);
      }
      await this.#pause(pollEvery);
    }
  }

  async stop(): Promise<void> {
    await this.#parts.wishes.write(false);
  }

  async status(): Promise<RecognitionStatus> {
    const { wishes, pulses } = this.#parts;
    const [wish, pulse] = await Promise.all([wishes.read(), pulses.read()]);
    const alive = pulse && isAlive(pulse, this.#now());
    if (!wish?.on) return { state: alive && pulse.serves !== undefined ? 'stopping' : 'off' };
    if (!alive) return { state: 'failed', message: notThere(pulse) };
    return { state: serves(pulse, wish) ? 'on' : 'starting', pulse };
  }

  async picture(time: number): Promise<Uint8Array | undefined> {
    const giveUp = this.#now() + picturePatience;
    for (;;) {
      const picture = await this.#parts.storage.find(storageKey.snapshot(time));
      if (picture || this.#now() >= giveUp) return picture;
      await this.#pause(pollEvery);
    }
  }
}

const serves = (pulse: Pulse | undefined, wish: Wish): boolean => pulse?.serves === wish.since;

/** Why nothing can be recognised, for the host. */
function notThere(last: Pulse | undefined): string {
  return last
    ? 'the producer beside the camera has fallen silent: see that its computer is on and has internet, and that it runs there (docker compose up -d, or npm run producer)'
    : 'no producer has run beside the camera yet: start it there (docker compose up -d, or npm run producer)';
}

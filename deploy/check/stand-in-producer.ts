import { setTimeout as delay } from 'node:timers/promises';
import { Pulses } from '../../party/recognition/pulse.ts';
import { Wishes } from '../../party/recognition/wish.ts';
import type { Table } from '../../party/stores/table.ts';

/** As often as a producer in a party, at least: whoever starts one waits for its answer. Milliseconds. */
const beatEvery = 1000;

/**
 * Stands in for the producer of a house that has no camera: without one that says that it is there, no party begins.
 * It says so, takes up what the chat wishes, and sees nobody.
 */
export class StandInProducer {
  readonly #version: string;
  #ending = new AbortController();
  #beating: Promise<void> = Promise.resolve();

  /** @param version that it says it is of */
  constructor(version: string) {
    this.#version = version;
  }

  /** Begins to beat. When this is done, the house knows of it. */
  async begin(table: Table): Promise<void> {
    await this.end();
    await this.#beat(table);
    this.#ending = new AbortController();
    this.#beating = this.#goOn(table, this.#ending.signal);
  }

  /** Falls silent. Safe to repeat, and before it has begun. */
  async end(): Promise<void> {
    this.#ending.abort();
    await this.#beating;
  }

  async #goOn(table: Table, signal: AbortSignal): Promise<void> {
    while (await this.#pause(signal)) {
      // One that does not come through is followed by the next; whoever waits for it says that it did not come.
      await this.#beat(table).catch(() => {});
    }
  }

  /** @returns false once it is to end */
  #pause(signal: AbortSignal): Promise<boolean> {
    return delay(beatEvery, true, { signal }).catch(() => false);
  }

  async #beat(table: Table): Promise<void> {
    const wish = await new Wishes(table, Date.now).read();
    const at = Date.now();
    await new Pulses(table).write({
      ...{ id: 'npm run check-aws', at, version: this.#version },
      ...{ frames: 0, faces: 0, calls: 0, dropped: 0, framesPerSecond: 0 },
      ...(wish?.on && { serves: wish.since, lastFrame: at }),
    });
  }
}

import { findLosses, type Losses, type LossServices } from '../../party/losses/losses.ts';
import type { OnDamage } from '../disk/damage.ts';
import { inSentences } from './losses.text.ts';
import type { LostObjects } from './lost-objects.ts';

/** Tells, while a house runs, what is lost; each thing once. */
export class LossReport {
  readonly #services: LossServices;
  readonly #objects: LostObjects;
  readonly #command: string;
  readonly #tell: OnDamage;
  readonly #told = new Set<string>();

  /** @param command what repairs the data folder */
  constructor(services: LossServices, objects: LostObjects, command: string, tell: OnDamage) {
    this.#services = services;
    this.#objects = objects;
    this.#command = command;
    this.#tell = tell;
  }

  /** Tells what is lost now and was not told yet. @returns all that is lost */
  async tell(): Promise<Losses> {
    await this.#objects.tell(this.#services, this.#tell);
    const losses = await findLosses(this.#services);
    for (const sentence of inSentences(losses, this.#command)) {
      if (this.#told.has(sentence)) continue;
      this.#told.add(sentence);
      this.#tell(sentence);
    }
    return losses;
  }
}

import type { Clock } from '../../party/clock.ts';
import type { CameraState, CameraStatus } from './state.ts';

/** Why no picture comes though nothing failed, as the chat tells it to somebody who may not see the page. */
const whyNothingComes: Readonly<Partial<Record<CameraStatus, string>>> = {
  off: 'No camera is chosen. Choose one on the page, under “At the door”.',
  ended: 'The video is over. Play it again on the page, under “At the door”, or choose a camera there.',
};

/** How the camera is, whichever it is, and since when; off at first. */
export class Condition {
  readonly #now: Clock;
  #shown: Pick<CameraState, 'status' | 'message' | 'since'>;
  #trouble: string | undefined;

  constructor(now: Clock) {
    this.#now = now;
    this.#shown = { status: 'off', since: now() };
  }

  /** As the page shows it. */
  get shown(): Pick<CameraState, 'status' | 'message' | 'since'> {
    return this.#shown;
  }

  get status(): CameraStatus {
    return this.#shown.status;
  }

  /** Why no picture comes, in words for the chat. */
  get trouble(): string | undefined {
    return this.#trouble;
  }

  /**
   * Notes how the camera is now. The time is that of the first of several reports alike.
   *
   * @param message what the page says of it
   * @param told what the chat says of it, where that differs
   */
  become(status: CameraStatus, message?: string, told = message): void {
    this.#trouble = status === 'lost' ? told : whyNothingComes[status];
    const since = status === this.#shown.status ? this.#shown.since : this.#now();
    this.#shown = { status, since, ...(message !== undefined && { message }) };
  }
}

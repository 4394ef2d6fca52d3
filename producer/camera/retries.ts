import { hour, minute, second } from '../../party/clock.ts';
import type { CameraFailure } from './camera-error.ts';

/** The pauses between tries of a camera, milliseconds: the first (each further one is twice as long) and the longest. */
export interface CameraPauses {
  readonly first: number;
  readonly longest: number;
  /** After a login that was refused: the last of them for ever after. */
  readonly refused?: readonly number[];
}

/**
 * The pauses after a login that was refused, milliseconds. Cameras lock an account after three to ten wrong tries for
 * up to half an hour (Hikvision after seven, Tapo after five), and each try begins that anew.
 */
const afterRefusals: readonly number[] = [30 * second, 5 * minute, hour];

/** From so many refusals on whoever set the password is warned of the lock-out. */
const warnedFrom = 2;

/** When a camera that failed is tried again. */
export class Retries {
  readonly #pauses: CameraPauses;
  #failures = 0;
  #refusals = 0;
  #last: CameraFailure | undefined;

  constructor(pauses: CameraPauses) {
    this.#pauses = pauses;
  }

  /** Whether so many logins were refused that the camera may lock the account. */
  get mayLockOut(): boolean {
    return this.#last === 'refused' && this.#refusals >= warnedFrom;
  }

  /** The camera shows pictures. */
  succeeded(): void {
    this.#failures = 0;
    this.#refusals = 0;
  }

  /** @returns how long to wait before the next try, milliseconds */
  failed(failure: CameraFailure): number {
    const { first, longest, refused = afterRefusals } = this.#pauses;
    this.#last = failure;
    this.#failures += 1;
    if (failure === 'refused') {
      this.#refusals += 1;
      return refused[Math.min(this.#refusals, refused.length) - 1] ?? longest;
    }
    return Math.min(longest, first * 2 ** (this.#failures - 1));
  }
}

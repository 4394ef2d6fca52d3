import type { Picture, Point } from '../face.ts';
import { type Join, joined } from './calibration.ts';
import { readCalibration, readFolder } from './folder.ts';
import { SecondDescriptor } from './second-descriptor.ts';

/** A second opinion on faces, and how it is joined with the engine's own. */
export interface SecondOpinionOptions {
  /** With the model and its description. */
  readonly folder: string;
  /** Sets both descriptions one behind the other as they are: for the calibration. */
  readonly isCalibrated?: false;
}

/** What the engine asks besides its own descriptor. */
export class SecondOpinion {
  readonly #descriptor: SecondDescriptor;
  readonly #join: Join;

  private constructor(descriptor: SecondDescriptor, join: Join) {
    this.#descriptor = descriptor;
    this.#join = join;
  }

  /** @throws {SecondOpinionError} when the model, its description or its calibration cannot be used */
  static async open({ folder, isCalibrated }: SecondOpinionOptions, threads: number): Promise<SecondOpinion> {
    const opened = readFolder(folder);
    const join = isCalibrated === false ? { first: 1, second: 1 } : readCalibration(folder, opened);
    const descriptor = await SecondDescriptor.open(opened.model, opened.description, threads);
    return new SecondOpinion(descriptor, join);
  }

  /** A face's own descriptor with this one's. */
  async joinedWith(own: Float32Array, picture: Picture, landmarks: readonly Point[]): Promise<Float32Array> {
    return joined(own, await this.#descriptor.describe(picture, landmarks), this.#join);
  }
}

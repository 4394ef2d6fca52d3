import '../no-telemetry.ts';
import { InferenceSession, Tensor } from 'onnxruntime-node';
import { fitSimilarity, mirror, warp } from '../align.ts';
import type { Picture, Point } from '../face.ts';
import type { ModelDescription } from './description.ts';
import { fivePoints } from './five-points.ts';
import { SecondOpinionError } from './second-opinion-error.ts';

/** A model of the host's own that describes faces, ready to compute in this process. */
export class SecondDescriptor {
  readonly #session: InferenceSession;
  readonly #description: ModelDescription;

  private constructor(session: InferenceSession, description: ModelDescription) {
    this.#session = session;
    this.#description = description;
  }

  /**
   * Loads the model, and has it describe a grey square: what does not fit is found now and not at the door.
   *
   * @param file its path
   * @throws {SecondOpinionError} when it cannot be used
   */
  static async open(file: string, description: ModelDescription, threads: number): Promise<SecondDescriptor> {
    const session = await InferenceSession.create(file, {
      executionProviders: ['cpu'],
      intraOpNumThreads: threads,
      interOpNumThreads: 1,
      extra: { session: { intra_op: { allow_spinning: '0' } } },
    }).catch((error: unknown) => {
      throw new SecondOpinionError(
        `${description.file} cannot be loaded as an ONNX model: ${messageOf(error)}`,
      );
    });
    if (session.inputNames.length !== 1)
      throw new SecondOpinionError(
        `${description.file} has ${session.inputNames.length} inputs; a model with one, the picture, is needed.`,
      );
    const descriptor = new SecondDescriptor(session, description);
    const { size } = description;
    await descriptor.#run({ width: size, height: size, data: new Uint8Array(size * size * 3).fill(128) });
    return descriptor;
  }

  /**
   * What the model says of a face: numbers of length 1 together.
   *
   * @param landmarks the face's 68
   * @throws {SecondOpinionError} when the model fails on it
   */
  async describe(picture: Picture, landmarks: readonly Point[]): Promise<Float32Array> {
    const { points, size, mirror: isMirrored } = this.#description;
    const square = warp(picture, fitSimilarity(fivePoints(landmarks), points), size);
    const one = unit(await this.#run(square));
    if (!isMirrored) return one;
    const other = unit(await this.#run(mirror(square)));
    return unit(one.map((value, i) => value + other[i]!));
  }

  async #run(square: Picture): Promise<Float32Array> {
    const { size, file, layout } = this.#description;
    const shape = layout === 'nchw' ? [1, 3, size, size] : [1, size, size, 3];
    const [input, output] = [this.#session.inputNames[0]!, this.#session.outputNames[0]!];
    const outputs = await this.#session
      .run({ [input]: new Tensor('float32', this.#values(square), shape) })
      .catch((error: unknown) => {
        throw new SecondOpinionError(
          `${file} does not take a picture of the shape ${shape.join('×')} that model.json says: ${messageOf(error)}`,
        );
      });
    const values = outputs[output]?.data;
    if (!(values instanceof Float32Array) || values.length < 8 || values.length > 4096)
      throw new SecondOpinionError(`${file} answers with no list of 8 to 4096 numbers (float32).`);
    if (!values.every(Number.isFinite))
      throw new SecondOpinionError(`${file} answers with what is no number.`);
    return values;
  }

  #values({ data }: Picture): Float32Array {
    const { size, colours, layout, mean, scale } = this.#description;
    const pixels = size * size;
    const values = new Float32Array(3 * pixels);
    for (let pixel = 0; pixel < pixels; pixel++) {
      for (let colour = 0; colour < 3; colour++) {
        const from = colours === 'rgb' ? colour : 2 - colour;
        const at = layout === 'nchw' ? colour * pixels + pixel : 3 * pixel + colour;
        values[at] = (data[3 * pixel + from]! - mean) * scale;
      }
    }
    return values;
  }
}

/** Made as long as 1: such models compare faces by their angle. */
function unit(values: Float32Array): Float32Array {
  const length = Math.hypot(...values) || 1;
  return values.map((value) => value / length);
}

const messageOf = (error: unknown): string =>
  (error instanceof Error ? error.message : String(error)).split('\n')[0]!;

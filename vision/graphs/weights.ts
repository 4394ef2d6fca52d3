import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';
import type { Tensor } from './onnx.ts';

interface ManifestWeight {
  readonly name: string;
  readonly shape: readonly number[];
  readonly dtype: string;
  readonly quantization?: { readonly dtype: string; readonly scale: number; readonly min: number };
}

type Manifest = ReadonlyArray<{
  readonly paths: readonly string[];
  readonly weights: readonly ManifestWeight[];
}>;

/** Weights as they are stored: floats, or bytes that stand for floats each. */
export class Stored implements Tensor {
  readonly shape: readonly number[];
  readonly numbers: Float32Array | Uint8Array;
  /** What each byte stands for; undefined when the numbers are floats. */
  readonly meanings: Float32Array | undefined;

  constructor(shape: readonly number[], numbers: Float32Array | Uint8Array, meanings?: Float32Array) {
    this.shape = shape;
    this.numbers = numbers;
    this.meanings = meanings;
  }

  /** The floats; of bytes, made anew each time. */
  get values(): Float32Array {
    const { numbers, meanings } = this;
    return numbers instanceof Float32Array ? numbers : Float32Array.from(numbers, (byte) => meanings![byte]!);
  }
}

/** A model's weights by name. */
export type Weights = (name: string) => Stored;

/** The weight files cannot be used: another version of `@vladmandic/face-api` than this code knows. */
export class WeightsError extends Error {
  override readonly name = 'WeightsError';
}

/**
 * Reads one of the models in the npm package `@vladmandic/face-api` (TensorFlow.js's weight format:
 * a manifest beside a binary file; some weights are stored as bytes with a scale and a minimum).
 *
 * @param model the files' first word, such as `ssd_mobilenetv1_model`
 * @throws {WeightsError} when the files are of another shape
 */
export function readWeights(model: string): Weights {
  const manifestPath = locate(model);
  const manifest: Manifest = JSON.parse(readFileSync(manifestPath, 'utf8'));
  const tensors = new Map<string, Stored>();
  for (const group of manifest) {
    const folder = path.dirname(manifestPath);
    const content = Buffer.concat(group.paths.map((file) => readFileSync(path.join(folder, file))));
    let offset = 0;
    for (const weight of group.weights) {
      const { tensor, size } = readTensor(content, offset, weight);
      tensors.set(weight.name, tensor);
      offset += size;
    }
    if (offset !== content.length) {
      throw new WeightsError(`${model}: ${content.length - offset} bytes of weights are unaccounted for.`);
    }
  }
  return (name) => {
    const tensor = tensors.get(name);
    if (!tensor) throw new WeightsError(`${model} has no weights named ${name}.`);
    return tensor;
  };
}

function locate(model: string): string {
  try {
    return createRequire(import.meta.url).resolve(
      `@vladmandic/face-api/model/${model}-weights_manifest.json`,
    );
  } catch (cause) {
    throw new WeightsError(`The weights ${model} are not installed. Run npm install.`, { cause });
  }
}

function readTensor(content: Buffer, offset: number, { name, shape, dtype, quantization }: ManifestWeight) {
  const count = shape.reduce((product, size) => product * size, 1);
  if (quantization?.dtype === 'uint8') {
    const { scale, min } = quantization;
    const meanings = Float32Array.from({ length: 256 }, (_, byte) => byte * scale + min);
    return { tensor: new Stored(shape, content.subarray(offset, offset + count), meanings), size: count };
  }
  // Whole numbers (shapes and the like, of no use to us) are stored in four bytes too.
  if (quantization || (dtype !== 'float32' && dtype !== 'int32')) {
    throw new WeightsError(`${name} is stored in a way that is not known here.`);
  }
  const values = new Float32Array(count);
  if (dtype === 'float32') {
    // Little-endian, as is every processor that Node runs on and onnxruntime is built for.
    Buffer.from(values.buffer).set(content.subarray(offset, offset + 4 * count));
  }
  return { tensor: new Stored(shape, values), size: 4 * count };
}

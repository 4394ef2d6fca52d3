import { floatType, type Graph, input, type Port, type Tensor, uint8Type, type Value } from './onnx.ts';
import { Stored } from './weights.ts';

/**
 * Makes the layers of a convolutional network: what TensorFlow calls them, as ONNX operators.
 * TensorFlow keeps the channels last and a filter as height, width, in, out; ONNX keeps the channels
 * second and a filter as out, in, height, width.
 */

/** A graph's input of pictures: RGB bytes, row by row; squares unless their height is given. */
export function pictures(count: number | string, width: number, height: number | string = width): Port {
  return { name: 'pictures', type: uint8Type, shape: [count, height, width, 3] };
}

/** The pictures as floats, channels second, shifted and scaled. */
export function normalised(graph: Graph, port: Port, mean: readonly number[], scale: number): Value {
  const floats = graph.operator('Cast', [input(port)], { to: floatType });
  const planes = graph.operator('Transpose', [floats], { perm: [0, 3, 1, 2] });
  const centred = graph.operator('Sub', [planes, graph.constant(mean, [1, mean.length, 1, 1])]);
  return graph.operator('Mul', [centred, graph.constant([scale])]);
}

/**
 * A filter with its axes in ONNX's order.
 *
 * @param factors what each output's weights are multiplied by, so that a batch normalisation or dlib's scale layer costs
 *   nothing at run time; 1 when not given
 */
export function filter({ shape, numbers, meanings }: Stored, factors?: Float32Array): Tensor {
  const [height, width, inputs, outputs] = shape as [number, number, number, number];
  const places = height * width;
  const values = new Float32Array(numbers.length);
  let to = 0;
  // Millions of weights, at each start of the engine: so all is done to each of them in one go, and without calls.
  for (let output = 0; output < outputs; output++) {
    const factor = factors ? factors[output]! : 1;
    for (let input = 0; input < inputs; input++) {
      let from = input * outputs + output;
      for (let place = 0; place < places; place++) {
        const number = numbers[from]!;
        values[to] = (meanings ? meanings[number]! : number) * factor;
        to += 1;
        from += inputs * outputs;
      }
    }
  }
  return { shape: [outputs, inputs, height, width], values };
}

/** A depthwise filter (height, width, channels, 1) with its axes in ONNX's order. @param factors as of {@link filter} */
export function depthwiseFilter({ shape, numbers, meanings }: Stored, factors?: Float32Array): Tensor {
  const [height, width, channels] = shape as [number, number, number];
  return filter(new Stored([height, width, 1, channels], numbers, meanings), factors);
}

/** How a convolution moves over its input. */
export interface ConvolutionOptions {
  readonly stride?: number;
  /** `same` pads so that a stride of 1 keeps the size; `valid` does not pad. */
  readonly padding?: 'same' | 'valid';
  /** A filter of its own for each channel. */
  readonly depthwise?: boolean;
}

/** A convolution with an optional bias; the weights are in ONNX's order already. */
export function convolution(
  graph: Graph,
  value: Value,
  weights: Tensor,
  bias: Float32Array | undefined,
  { stride = 1, padding = 'same', depthwise = false }: ConvolutionOptions = {},
): Value {
  const inputs = [value, graph.constant(weights.values, weights.shape)];
  if (bias) inputs.push(graph.constant(bias));
  return graph.operator('Conv', inputs, {
    kernel_shape: weights.shape.slice(2),
    strides: [stride, stride],
    group: depthwise ? weights.shape[0]! : 1,
    auto_pad: padding === 'same' ? 'SAME_UPPER' : 'VALID',
  });
}

export const relu = (graph: Graph, value: Value) => graph.operator('Relu', [value]);

export const add = (graph: Graph, a: Value, b: Value) => graph.operator('Add', [a, b]);

import { bytes, integer, type Message } from './protobuf.ts';

/** Element types of ONNX tensors (TensorProto.DataType). */
export const floatType = 1;
export const uint8Type = 2;
const int8Type = 3;
const int32Type = 6;
const int64Type = 7;

/** Kinds of ONNX attributes (AttributeProto.AttributeType). */
const attributeTypes = { int: 2, string: 3, ints: 7 };

/** Numbers with their dimensions, the last one varying fastest. */
export interface Tensor {
  readonly shape: readonly number[];
  readonly values: Float32Array;
}

/** A value flowing through a graph, by its name. */
export type Value = string & { readonly onnx: unique symbol };

/** A graph's input or output. A dimension given as a word (`'n'`) may have any size at run time. */
export interface Port {
  readonly name: string;
  readonly type: number;
  readonly shape: ReadonlyArray<number | string>;
}

type WholeNumbers = Uint8Array | Int8Array | Int32Array;

type Attributes = Readonly<Record<string, number | string | readonly number[]>>;

/**
 * An ONNX graph under construction. Operators are of operator set 13; field numbers are those of
 * onnx.proto (ModelProto, GraphProto, NodeProto, TensorProto).
 */
export class Graph {
  readonly #nodes: Message[] = [];
  readonly #initializers: Message[] = [];
  #names = 0;

  /** A constant tensor of floats; an empty shape makes a scalar. */
  constant(values: ArrayLike<number>, shape: readonly number[] = [values.length]): Value {
    const floats = values instanceof Float32Array ? values : Float32Array.from(values);
    return this.#initializer(floatType, shape, floats);
  }

  /** A constant list of whole numbers, as Reshape and Pad take them. */
  integers(values: readonly number[]): Value {
    return this.#initializer(int64Type, [values.length], BigInt64Array.from(values, BigInt));
  }

  /** A constant tensor of whole numbers of the array's type, as quantized operators take them; of no shape a scalar. */
  whole(values: WholeNumbers, shape: readonly number[] = [values.length]): Value {
    return this.#initializer(typeOf(values), shape, values);
  }

  /** Adds an operator and gives its (first) output. */
  operator(type: string, inputs: readonly Value[], attributes: Attributes = {}): Value {
    const output = this.#name();
    this.#nodes.push([
      ...inputs.flatMap((input) => bytes(1, input)),
      ...bytes(2, output),
      ...bytes(4, type),
      ...Object.entries(attributes).flatMap(([name, value]) => bytes(5, attribute(name, value))),
    ]);
    return output;
  }

  /** The finished model, as onnxruntime loads it. */
  model(inputs: readonly Port[], outputs: readonly Port[]): Uint8Array {
    const graph = [
      ...this.#nodes.flatMap((node) => bytes(1, node)),
      ...bytes(2, 'graph'),
      ...this.#initializers.flatMap((tensor) => bytes(5, tensor)),
      ...inputs.flatMap((port) => bytes(11, valueInfo(port))),
      ...outputs.flatMap((port) => bytes(12, valueInfo(port))),
    ];
    const operatorSet = [...bytes(1, ''), ...integer(2, 13)];
    const irVersion = 8;
    return Buffer.concat([...integer(1, irVersion), ...bytes(7, graph), ...bytes(8, operatorSet)]);
  }

  #initializer(
    type: number,
    shape: readonly number[],
    values: Float32Array | BigInt64Array | WholeNumbers,
  ): Value {
    const name = this.#name();
    const raw = new Uint8Array(values.buffer, values.byteOffset, values.byteLength);
    this.#initializers.push([
      ...shape.flatMap((size) => integer(1, size)),
      ...integer(2, type),
      ...bytes(8, name),
      ...bytes(9, raw),
    ]);
    return name;
  }

  #name(): Value {
    this.#names += 1;
    return `v${this.#names}` as Value;
  }
}

/** Refers to a graph's input by the name of its port. */
export function input(port: Port): Value {
  return port.name as Value;
}

/** Gives a value the name of an output port. */
export function output(graph: Graph, value: Value, shape: Port['shape']): Port {
  return { name: graph.operator('Identity', [value]), type: floatType, shape };
}

function typeOf(values: WholeNumbers): number {
  if (values instanceof Uint8Array) return uint8Type;
  return values instanceof Int8Array ? int8Type : int32Type;
}

function attribute(name: string, value: number | string | readonly number[]): Message {
  if (typeof value === 'number') {
    return [...bytes(1, name), ...integer(3, value), ...integer(20, attributeTypes.int)];
  }
  if (typeof value === 'string') {
    return [...bytes(1, name), ...bytes(4, value), ...integer(20, attributeTypes.string)];
  }
  return [
    ...bytes(1, name),
    ...value.flatMap((item) => integer(8, item)),
    ...integer(20, attributeTypes.ints),
  ];
}

function valueInfo({ name, type, shape }: Port): Message {
  const dimensions = shape.flatMap((size) =>
    bytes(1, typeof size === 'number' ? integer(1, size) : bytes(2, size)),
  );
  const tensorType = [...integer(1, type), ...bytes(2, dimensions)];
  return [...bytes(1, name), ...bytes(2, bytes(1, tensorType))];
}

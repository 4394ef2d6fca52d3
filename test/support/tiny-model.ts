import { mkdir, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { floatType, Graph, input, output, type Port } from '../../vision/graphs/onnx.ts';
import { emptyFolder } from './folder.ts';

/** How the tiny model is made, and what is said of it. */
export interface TinyModel {
  /** Pixels a side of what it sees. */
  readonly size?: number;
  /** Lines that are written into `model.json` besides, or instead. */
  readonly says?: Readonly<Record<string, unknown>>;
}

/** So many squares a side it has the mean colours of, 48 numbers in all. */
const squares = 4;

/** An ONNX model that says the mean colours of 4×4 squares of a face: no good engine, but a real one, made here. */
export function tinyModel(size = 112): Uint8Array {
  const graph = new Graph();
  const picture: Port = { name: 'picture', type: floatType, shape: [1, 3, size, size] };
  const side = size / squares;
  const means = graph.operator('AveragePool', [input(picture)], {
    kernel_shape: [side, side],
    strides: [side, side],
  });
  const flat = graph.operator('Flatten', [means], { axis: 1 });
  return graph.model([picture], [output(graph, flat, [1, 3 * squares * squares])]);
}

/** A folder with it and its description, not calibrated. */
export async function tinyModelFolder({ size = 112, says = {} }: TinyModel = {}): Promise<string> {
  const folder = path.join(await emptyFolder(), 'model');
  await mkdir(folder);
  await writeFile(path.join(folder, 'model.onnx'), tinyModel(size));
  const description = { size: 112, colours: 'rgb', points: 'arcface', mean: 127.5, scale: 1 / 128, ...says };
  await writeFile(path.join(folder, 'model.json'), JSON.stringify(description));
  return folder;
}

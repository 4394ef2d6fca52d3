import type { Point } from '../face.ts';
import { SecondOpinionError } from './second-opinion-error.ts';

/** What a model of the host's own is given: read from `model.json` beside it. */
export interface ModelDescription {
  /** The model's file, in the same folder. */
  readonly file: string;
  /** Pixels a side of the square that it sees. */
  readonly size: number;
  /** In which order it has a pixel's colours. */
  readonly colours: 'rgb' | 'bgr';
  /** Whether colours stand before rows and columns (`nchw`), or after (`nhwc`). */
  readonly layout: 'nchw' | 'nhwc';
  /** What is taken from each value of 0 to 255, and by what the rest is multiplied. */
  readonly mean: number;
  readonly scale: number;
  /**
   * Where it wants the eyes' middles, the nose's tip and the corners of the mouth, in pixels of the square; left as
   * seen.
   */
  readonly points: readonly Point[];
  /** Whether what it says of the mirror image is averaged in. */
  readonly mirror: boolean;
}

/**
 * Where ArcFace's square of 112 pixels has the five points: insightface, `arcface_dst` in `utils/face_align.py` (MIT).
 * SFace and MobileFaceNet take the same.
 */
export const arcfacePoints: readonly Point[] = [
  { x: 38.2946, y: 51.6963 },
  { x: 73.5318, y: 51.5014 },
  { x: 56.0252, y: 71.7366 },
  { x: 41.5493, y: 92.3655 },
  { x: 70.7299, y: 92.2041 },
];
const arcfaceSize = 112;

const names = ['file', 'size', 'colours', 'layout', 'mean', 'scale', 'points', 'mirror'] as const;

/**
 * @param text of a `model.json`
 * @throws {SecondOpinionError} which says the first thing that is wrong
 */
export function readDescription(text: string): ModelDescription {
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch (error) {
    throw wrong(`is not JSON: ${error instanceof Error ? error.message : String(error)}`);
  }
  if (typeof json !== 'object' || json === null || Array.isArray(json)) throw wrong('must be {…}.');
  const given = json as Record<string, unknown>;
  const unknown = Object.keys(given).find((name) => !names.some((known) => known === name));
  if (unknown !== undefined) throw wrong(`has "${unknown}"; there are only ${names.join(', ')}.`);
  const size = whole(given.size, 'size');
  return {
    file: fileName(given.file ?? 'model.onnx'),
    size,
    colours: oneOf(given.colours, 'colours', ['rgb', 'bgr']),
    layout: oneOf(given.layout ?? 'nchw', 'layout', ['nchw', 'nhwc']),
    mean: figure(given.mean ?? 0, 'mean'),
    scale: figure(given.scale ?? 1, 'scale'),
    points: pointsOf(given.points, size),
    mirror: truth(given.mirror ?? true, 'mirror'),
  };
}

function whole(value: unknown, name: string): number {
  if (typeof value === 'number' && Number.isInteger(value) && value >= 16 && value <= 512) return value;
  throw wrong(`needs "${name}", a whole number of pixels from 16 to 512.`);
}

function figure(value: unknown, name: string): number {
  if (typeof value === 'number' && Number.isFinite(value) && (name !== 'scale' || value !== 0)) return value;
  throw wrong(`needs a number as "${name}"${name === 'scale' ? ', and not 0' : ''}.`);
}

function truth(value: unknown, name: string): boolean {
  if (typeof value === 'boolean') return value;
  throw wrong(`needs true or false as "${name}".`);
}

function oneOf<Word extends string>(value: unknown, name: string, words: readonly Word[]): Word {
  const word = words.find((one) => one === value);
  if (word !== undefined) return word;
  throw wrong(`needs "${name}": ${words.map((one) => `"${one}"`).join(' or ')}.`);
}

/** It lies in the same folder: a description says nothing of the rest of the disk. */
function fileName(value: unknown): string {
  if (typeof value === 'string' && /^[\w.-]+\.onnx$/.test(value)) return value;
  throw wrong('needs as "file" the name of an .onnx file in the same folder.');
}

function pointsOf(value: unknown, size: number): readonly Point[] {
  if (value === 'arcface') {
    const scale = size / arcfaceSize;
    return arcfacePoints.map(({ x, y }) => ({ x: x * scale, y: y * scale }));
  }
  const isPoint = (point: unknown): point is [number, number] =>
    Array.isArray(point) && point.length === 2 && point.every((part) => Number.isFinite(part));
  if (Array.isArray(value) && value.length === 5 && value.every(isPoint)) {
    return value.map(([x, y]) => ({ x, y }));
  }
  throw wrong(
    'needs "points": "arcface", or five pairs [x, y] for left eye, right eye, nose, left and right corner of the mouth.',
  );
}

const wrong = (what: string): SecondOpinionError => new SecondOpinionError(`model.json ${what}`);

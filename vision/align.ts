import type { Picture, Point } from './face.ts';
import { meanShape } from './mean-shape.ts';

/** Turn, scale and shift: (x, y) goes to (a·x − b·y + right, b·x + a·y + down). */
export interface Similarity {
  readonly a: number;
  readonly b: number;
  readonly right: number;
  readonly down: number;
}

/** The room that dlib leaves on each side of a face, as a share of the face. */
const padding = 0.25;

/**
 * Where a face's 68 landmarks have to go so that it lies upright in a square of `size` pixels as dlib's network expects.
 *
 * @param lower how much lower than that it is to lie, as a share of the square
 */
export function alignment(landmarks: readonly Point[], size: number, lower = 0): Similarity {
  const place = (share: number) => (size * (padding + share)) / (1 + 2 * padding);
  const from = meanShape.map(([landmark]) => landmarks[landmark]!);
  const to = meanShape.map(([, x, y]) => ({ x: place(x), y: place(y) + lower * size }));
  return fitSimilarity(from, to);
}

/** The point that a similarity brings to this one. */
export function pointBack({ a, b, right, down }: Similarity, { x, y }: Point): Point {
  const squared = a * a + b * b;
  return {
    x: (a * (x - right) + b * (y - down)) / squared,
    y: (a * (y - down) - b * (x - right)) / squared,
  };
}

/** The similarity that brings points closest to others, in the sense of least squares. */
export function fitSimilarity(from: readonly Point[], to: readonly Point[]): Similarity {
  const [source, target] = [centre(from), centre(to)];
  let [along, across, spread] = [0, 0, 0];
  from.forEach((point, i) => {
    const [x, y] = [point.x - source.x, point.y - source.y];
    const [u, v] = [to[i]!.x - target.x, to[i]!.y - target.y];
    along += x * u + y * v;
    across += x * v - y * u;
    spread += x * x + y * y;
  });
  const [a, b] = [along / spread, across / spread];
  return {
    a,
    b,
    right: target.x - a * source.x + b * source.y,
    down: target.y - b * source.x - a * source.y,
  };
}

/** The similarity that cuts an upright square out of a picture and makes it `size` pixels a side. */
export function cut(left: number, top: number, side: number, size: number): Similarity {
  const scale = size / side;
  return { a: scale, b: 0, right: -left * scale, down: -top * scale };
}

/** More samples than this a pixel and side buy nothing that the networks notice. */
const mostSamples = 6;

/**
 * The square of `size` pixels that a similarity leads to. Each pixel is the mean of as many samples as
 * the picture has pixels there, so that shrinking does not alias; what lies outside the picture is black.
 */
export function warp(picture: Picture, to: Similarity, size: number): Picture {
  const { width, height, data } = picture;
  const result = new Uint8Array(size * size * 3);
  const squared = to.a * to.a + to.b * to.b;
  const a = to.a / squared;
  const b = to.b / squared;
  const samples = Math.max(1, Math.min(mostSamples, Math.round(1 / Math.sqrt(squared))));
  const count = samples * samples;
  let at = 0;
  for (let y = 0; y < size; y++) {
    for (let x = 0; x < size; x++) {
      let red = 0;
      let green = 0;
      let blue = 0;
      for (let sample = 0; sample < count; sample++) {
        const u = x + ((sample % samples) + 0.5) / samples - 0.5 - to.right;
        const v = y + (Math.floor(sample / samples) + 0.5) / samples - 0.5 - to.down;
        const fromX = a * u + b * v;
        const fromY = a * v - b * u;
        const left = Math.floor(fromX);
        const top = Math.floor(fromY);
        for (let corner = 0; corner < 4; corner++) {
          const cornerX = left + (corner & 1);
          const cornerY = top + (corner >> 1);
          if (cornerX < 0 || cornerY < 0 || cornerX >= width || cornerY >= height) continue;
          const weight = (1 - Math.abs(fromX - cornerX)) * (1 - Math.abs(fromY - cornerY));
          const pixel = (cornerY * width + cornerX) * 3;
          red += weight * data[pixel]!;
          green += weight * data[pixel + 1]!;
          blue += weight * data[pixel + 2]!;
        }
      }
      result[at++] = red / count + 0.5;
      result[at++] = green / count + 0.5;
      result[at++] = blue / count + 0.5;
    }
  }
  return { width: size, height: size, data: result };
}

/** The picture with left and right exchanged. */
export function mirror({ width, height, data }: Picture): Picture {
  const result = new Uint8Array(data.length);
  for (let y = 0; y < height; y++) {
    let from = (y + 1) * width * 3;
    const end = from;
    for (let to = y * width * 3; to < end; to += 3) {
      from -= 3;
      result[to] = data[from]!;
      result[to + 1] = data[from + 1]!;
      result[to + 2] = data[from + 2]!;
    }
  }
  return { width, height, data: result };
}

function centre(points: readonly Point[]): Point {
  const sum = points.reduce((total, { x, y }) => ({ x: total.x + x, y: total.y + y }), { x: 0, y: 0 });
  return { x: sum.x / points.length, y: sum.y / points.length };
}

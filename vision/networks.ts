import './no-telemetry.ts';
import { InferenceSession, Tensor } from 'onnxruntime-node';
import { alignment, mirror, pointBack, type Similarity, warp } from './align.ts';
import { type Candidate, readCandidates } from './boxes.ts';
import type { Picture, Point } from './face.ts';
import { buildDescriptor, descriptorLength, descriptorSize } from './graphs/descriptor.ts';
import { buildDetector, type Detector, detectorSize } from './graphs/detector.ts';
import { buildLandmarks, landmarksSize } from './graphs/landmarks.ts';

/** Whether a face is described as it is, in its mirror image, or both. */
export type Sides = 'itself' | 'mirrored' | 'both';

/** The three networks, ready to compute in this process: each waits for its answer with all threads that it is given. */
export class Networks {
  readonly #anchors: Detector['anchors'];
  readonly #detector: InferenceSession;
  readonly #landmarks: InferenceSession;
  readonly #descriptor: InferenceSession;

  private constructor(anchors: Detector['anchors'], sessions: readonly InferenceSession[]) {
    this.#anchors = anchors;
    [this.#detector, this.#landmarks, this.#descriptor] = sessions as [
      InferenceSession,
      InferenceSession,
      InferenceSession,
    ];
  }

  /** @throws {WeightsError} when their weights cannot be used */
  static async create(threads: number): Promise<Networks> {
    const options: InferenceSession.SessionOptions = {
      executionProviders: ['cpu'],
      graphOptimizationLevel: 'all',
      intraOpNumThreads: threads,
      interOpNumThreads: 1,
      // A plan for each size of picture would keep as much memory as all steps need together, and is no faster.
      enableMemPattern: false,
      // Threads that spin while they wait take the processor from the other two sessions' threads.
      extra: { session: { intra_op: { allow_spinning: '0' } } },
    };
    const { model, anchors } = buildDetector();
    const sessions = [];
    for (const graph of [model, buildLandmarks(), buildDescriptor()]) {
      sessions.push(await InferenceSession.create(graph, options));
    }
    return new Networks(anchors, sessions);
  }

  /**
   * What the detector finds in its square, in pixels of it.
   *
   * @param square may end where the rest is black, after a multiple of `detectorStep` rows
   */
  async candidatesIn(square: Picture, leastConfidence: number): Promise<Candidate[]> {
    const [boxes, scores] = await run(this.#detector, [square]);
    return readCandidates(this.#anchors(square.height), boxes!, scores!, detectorSize, leastConfidence);
  }

  /** The landmarks, in the picture, of the face that a similarity brings into the network's square. */
  async landmarksIn(picture: Picture, square: Similarity): Promise<Point[]> {
    const [points] = await run(this.#landmarks, [warp(picture, square, landmarksSize)]);
    return Array.from({ length: points!.length / 2 }, (_, i) =>
      pointBack(square, { x: points![2 * i]! * landmarksSize, y: points![2 * i + 1]! * landmarksSize }),
    );
  }

  /**
   * The mean of what the network says of the face and of its mirror image: it tells people apart better.
   *
   * @param sides or what it says of one of them, in half of the time
   */
  async describe(
    picture: Picture,
    landmarks: readonly Point[],
    sides: Sides = 'both',
  ): Promise<Float32Array> {
    const chip = warp(picture, alignment(landmarks, descriptorSize), descriptorSize);
    const chips = [...(sides === 'mirrored' ? [] : [chip]), ...(sides === 'itself' ? [] : [mirror(chip)])];
    const [said] = await run(this.#descriptor, chips);
    return Float32Array.from(
      { length: descriptorLength },
      (_, i) => chips.reduce((sum, _, n) => sum + said![n * descriptorLength + i]!, 0) / chips.length,
    );
  }
}

/** Bytes one after another. */
function joined(parts: readonly Uint8Array[]): Uint8Array {
  const whole = new Uint8Array(parts.reduce((length, part) => length + part.length, 0));
  let at = 0;
  for (const part of parts) {
    whole.set(part, at);
    at += part.length;
  }
  return whole;
}

/** Runs a network on pictures of one size and gives its outputs in their order. */
async function run(session: InferenceSession, pictures: readonly Picture[]): Promise<Float32Array[]> {
  const { width, height } = pictures[0]!;
  const pixels = pictures.length === 1 ? pictures[0]!.data : joined(pictures.map(({ data }) => data));
  const tensor = new Tensor('uint8', pixels, [pictures.length, height, width, 3]);
  const outputs = await session.run({ [session.inputNames[0]!]: tensor });
  return session.outputNames.map((name) => outputs[name]!.data as Float32Array);
}

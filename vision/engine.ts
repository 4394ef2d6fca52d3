import './no-telemetry.ts';
import { InferenceSession, Tensor } from 'onnxruntime-node';
import sharp from 'sharp';
import { alignment, cut, mirror, pointBack, type Similarity, warp } from './align.ts';
import {
  type Candidate,
  inside,
  overlap,
  readCandidates,
  withoutDoubtful,
  withoutOverlaps,
} from './boxes.ts';
import { detectorSquare } from './detector-square.ts';
import type { Box, Face, Picture, Point } from './face.ts';
import { buildDescriptor, descriptorLength, descriptorSize } from './graphs/descriptor.ts';
import { buildDetector, detectorSize } from './graphs/detector.ts';
import { buildLandmarks, landmarksSize } from './graphs/landmarks.ts';
import type { KnownFace, Look } from './look.ts';
import { poseOf } from './pose.ts';
import { qualityOf } from './quality.ts';
import { type QuarterTurns, turned, turnedBack } from './quarter-turn.ts';
import { faceLimits, type Mode } from './usable.ts';

/** How the engine uses the machine. */
export interface EngineOptions {
  /** Threads that compute at the same time; 2 when not given. */
  readonly threads?: number;
}

/** Faces smaller than this are no faces to anyone. */
const leastPixels = 5;

/** As many as Rekognition finds in a picture. */
const mostFaces = 100;

/** Boxes that overlap by more than this hold the same face. */
const mostOverlap = 0.5;

/** What is put round a photo in which no face was found, as a share of its sides: a tight crop is often missed. */
const padding = 0.5;

/**
 * A photo that lies on its side or stands on its head shows faces too, but at odd places and of nobody: half of LFW's
 * photos would be enrolled so. The detector is surer of a face that is upright: where it is less sure than this of all
 * it finds, the photo is turned, and the way round counts that is this sure and leads by so much. Of 120 LFW photos
 * turned, 86 are enrolled as if upright, 10 as nobody, the others refused; of 100 upright ones, none is turned.
 */
const uprightRules = { sure: 0.9, lead: 0.1 };

/**
 * How much lower than in dlib's square a face lies in the landmarks' network's: there was the middle of LFW's upright
 * frontal faces in the detector's boxes, at dlib's size (0.67 of the square).
 */
const landmarksLower = 0.05;

/**
 * Finds faces and describes them, in this process. While it computes, the process does nothing else and
 * must not end in an orderly way: use it by {@link startRecognizer}.
 */
export class Engine {
  readonly #anchors: Float32Array;
  readonly #detector: InferenceSession;
  readonly #landmarks: InferenceSession;
  readonly #descriptor: InferenceSession;

  private constructor(anchors: Float32Array, sessions: readonly InferenceSession[]) {
    this.#anchors = anchors;
    [this.#detector, this.#landmarks, this.#descriptor] = sessions as [
      InferenceSession,
      InferenceSession,
      InferenceSession,
    ];
  }

  /** Builds the three networks. @throws {WeightsError} when their weights cannot be used */
  static async create({ threads = 2 }: EngineOptions = {}): Promise<Engine> {
    // The faces' sizes and numbers differ from picture to picture: caches would only grow.
    sharp.cache(false);
    sharp.concurrency(1);
    const options: InferenceSession.SessionOptions = {
      executionProviders: ['cpu'],
      graphOptimizationLevel: 'all',
      intraOpNumThreads: threads,
      interOpNumThreads: 1,
      // Threads that spin while they wait take the processor from the other two sessions' threads.
      extra: { session: { intra_op: { allow_spinning: '0' } } },
    };
    const { model, anchors } = buildDetector();
    const sessions = [];
    for (const graph of [model, buildLandmarks(), buildDescriptor()]) {
      sessions.push(await InferenceSession.create(graph, options));
    }
    return new Engine(anchors, sessions);
  }

  /**
   * The faces in a picture, largest first.
   *
   * @param look how a picture of a camera is looked at; for `live` alone
   */
  async find(picture: Picture, mode: Mode, look: Look = {}): Promise<Face[]> {
    if (mode === 'live') {
      const candidates = await this.#detect(picture, faceLimits.live.confidence, look);
      return await this.#describeAll(picture, candidates, look.known);
    }
    const candidates = withoutDoubtful(await this.#detect(picture, faceLimits.enrolment.confidence));
    const faces =
      candidates.length === 0
        ? await this.#findInPadded(picture)
        : await this.#describeAll(picture, candidates);
    return (await this.#findTurned(picture, surest(faces))) ?? faces;
  }

  /** The faces of a photo that is not upright; undefined when none of the other ways round is better. */
  async #findTurned(picture: Picture, upright: number): Promise<Face[] | undefined> {
    if (upright >= uprightRules.sure) return undefined;
    let best: { round: Picture; turns: QuarterTurns; candidates: Candidate[] } | undefined;
    let least = Math.max(uprightRules.sure, upright + uprightRules.lead);
    for (const turns of [1, 2, 3] as const) {
      const round = await turned(picture, turns);
      const candidates = await this.#detect(round, faceLimits.enrolment.confidence);
      if (surest(candidates) < least) continue;
      least = surest(candidates);
      best = { round, turns, candidates };
    }
    if (!best) return undefined;
    const { round, turns, candidates } = best;
    return (await this.#describeAll(round, candidates)).map((face) => turnedBack(face, picture, turns));
  }

  async #findInPadded(picture: Picture): Promise<Face[]> {
    const [across, down] = [Math.round(picture.width * padding), Math.round(picture.height * padding)];
    const padded = await pad(picture, across, down);
    const candidates = await this.#detect(padded, faceLimits.enrolment.confidence);
    const faces = await this.#describeAll(padded, candidates);
    return faces.map((face) => ({
      ...face,
      box: { ...face.box, left: face.box.left - across, top: face.box.top - down },
      landmarks: face.landmarks.map(({ x, y }) => ({ x: x - across, y: y - down })),
    }));
  }

  /** Boxes of likely faces, largest first. */
  async #detect(picture: Picture, leastConfidence: number, look: Look = {}): Promise<Candidate[]> {
    const { square, inPicture } = await detectorSquare(picture, look);
    const [boxes, scores] = await run(this.#detector, [square], detectorSize);
    const found = readCandidates(this.#anchors, boxes!, scores!, detectorSize, leastConfidence)
      .map(inPicture)
      .filter((candidate) => candidate !== undefined)
      .map((candidate) => ({ ...candidate, box: inside(candidate.box, picture) }))
      .filter(({ box }) => box.width >= leastPixels && box.height >= leastPixels);
    return withoutOverlaps(found, mostOverlap)
      .toSorted((a, b) => area(b.box) - area(a.box))
      .slice(0, mostFaces);
  }

  async #describeAll(
    picture: Picture,
    candidates: readonly Candidate[],
    known: readonly KnownFace[] = [],
  ): Promise<Face[]> {
    const faces: Face[] = [];
    for (const { box, confidence } of candidates) {
      const first = await this.#locate(picture, box);
      const same = known.find((face) => overlap(face.box, box) > mostOverlap);
      const landmarks = same ? first : await this.#locateAgain(picture, first);
      faces.push({
        box,
        confidence,
        landmarks,
        // Of the first: in an upright square the network makes whoever looks away look a little less so.
        pose: poseOf(first),
        quality: qualityOf(picture, landmarks),
        descriptor: same?.descriptor ?? (await this.#describe(picture, landmarks)),
      });
    }
    return faces;
  }

  async #locate(picture: Picture, box: Box): Promise<Point[]> {
    const side = Math.max(box.width, box.height);
    const left = box.left + (box.width - side) / 2;
    const top = box.top + (box.height - side) / 2;
    return await this.#landmarksIn(picture, cut(left, top, side, landmarksSize));
  }

  /**
   * In a square that the first points say, upright and centred. A detector's box is now narrow, now wide, and seldom
   * turned with the head; what it does to the points goes into the descriptor.
   */
  async #locateAgain(picture: Picture, first: readonly Point[]): Promise<Point[]> {
    return await this.#landmarksIn(picture, alignment(first, landmarksSize, landmarksLower));
  }

  /** The landmarks, in the picture, of the face that a similarity brings into the network's square. */
  async #landmarksIn(picture: Picture, square: Similarity): Promise<Point[]> {
    const [points] = await run(this.#landmarks, [warp(picture, square, landmarksSize)], landmarksSize);
    return Array.from({ length: points!.length / 2 }, (_, i) =>
      pointBack(square, { x: points![2 * i]! * landmarksSize, y: points![2 * i + 1]! * landmarksSize }),
    );
  }

  /** The mean of what the network says of the face and of its mirror image: it tells people apart better. */
  async #describe(picture: Picture, landmarks: readonly Point[]): Promise<Float32Array> {
    const chip = warp(picture, alignment(landmarks, descriptorSize), descriptorSize);
    const [pair] = await run(this.#descriptor, [chip, mirror(chip)], descriptorSize);
    return Float32Array.from(
      { length: descriptorLength },
      (_, i) => (pair![i]! + pair![descriptorLength + i]!) / 2,
    );
  }
}

/** Runs a network on square pictures and gives its outputs in their order. */
async function run(
  session: InferenceSession,
  squares: readonly Picture[],
  size: number,
): Promise<Float32Array[]> {
  const pixels = new Uint8Array(squares.length * size * size * 3);
  for (const [i, { data }] of squares.entries()) pixels.set(data, i * size * size * 3);
  const tensor = new Tensor('uint8', pixels, [squares.length, size, size, 3]);
  const outputs = await session.run({ [session.inputNames[0]!]: tensor });
  return session.outputNames.map((name) => outputs[name]!.data as Float32Array);
}

/** The picture with grey all round. */
async function pad(picture: Picture, across: number, down: number): Promise<Picture> {
  const data = await raw(picture)
    .extend({ left: across, right: across, top: down, bottom: down, background: '#808080' })
    .removeAlpha()
    .raw()
    .toBuffer();
  return { width: picture.width + 2 * across, height: picture.height + 2 * down, data };
}

function raw({ width, height, data }: Picture) {
  return sharp(data, { raw: { width, height, channels: 3 } });
}

const surest = (found: ReadonlyArray<{ readonly confidence: number }>) =>
  Math.max(0, ...found.map(({ confidence }) => confidence));

const area = ({ width, height }: Box) => width * height;

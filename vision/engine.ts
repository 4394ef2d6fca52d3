import sharp from 'sharp';
import { type Candidate, inside, mostOverlap, withoutDoubtful, withoutOverlaps } from './boxes.ts';
import { detectorSquare } from './detector-square.ts';
import type { Box, Face, Picture, PreparedPicture } from './face.ts';
import { FaceDescriber } from './face-describer.ts';
import type { Look } from './look.ts';
import { Networks } from './networks.ts';
import { type QuarterTurns, turned, turnedBack } from './quarter-turn.ts';
import { SecondOpinion, type SecondOpinionOptions } from './second-opinion/second-opinion.ts';
import { faceLimits, type Mode } from './usable.ts';

/** How the engine uses the machine. */
export interface EngineOptions {
  /** Threads that compute at the same time; 2 when not given. */
  readonly threads?: number;
  /** A model of the host's own beside the project's descriptor; none when not given. */
  readonly secondOpinion?: SecondOpinionOptions;
}

/** Faces smaller than this are no faces to anyone. */
const leastPixels = 5;

/** As many as Rekognition finds in a picture. */
const mostFaces = 100;

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
 * Finds faces and describes them, in this process. While it computes, the process does nothing else and
 * must not end in an orderly way: use it by {@link startRecognizer}.
 */
export class Engine {
  readonly #networks: Networks;
  readonly #describer: FaceDescriber;

  private constructor(networks: Networks, secondOpinion: SecondOpinion | undefined) {
    this.#networks = networks;
    this.#describer = new FaceDescriber(networks, secondOpinion);
  }

  /**
   * Builds the three networks, and the one for a second opinion.
   *
   * @throws {WeightsError} when their weights cannot be used
   * @throws {SecondOpinionError} when that one cannot
   */
  static async create({ threads = 2, secondOpinion }: EngineOptions = {}): Promise<Engine> {
    // The faces' sizes and numbers differ from picture to picture: caches would only grow.
    sharp.cache(false);
    sharp.concurrency(1);
    const second = secondOpinion && (await SecondOpinion.open(secondOpinion, threads));
    return new Engine(await Networks.create(threads), second);
  }

  /**
   * The faces in a picture, largest first.
   *
   * @param nearlyDone called when it comes to the last face of a camera's picture: from here on a processor is idle
   */
  async find(
    picture: Picture | PreparedPicture,
    mode: Mode,
    look: Look = {},
    nearlyDone?: () => void,
  ): Promise<readonly Face[]> {
    if (mode === 'live') {
      const candidates = await this.#detect(picture, faceLimits.live.confidence, look);
      return await this.#describer.describeAll(picture, candidates, look.known, nearlyDone);
    }
    const candidates = withoutDoubtful(await this.#detect(picture, faceLimits.enrolment.confidence));
    const faces =
      candidates.length === 0
        ? await this.#findInPadded(picture)
        : await this.#describer.describeAll(picture, candidates);
    const upright = (await this.#findTurned(picture, surest(faces))) ?? faces;
    return look.asSeen === false ? upright : await this.#describer.withAsSeen(picture, upright);
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
    return (await this.#describer.describeAll(round, candidates)).map((face) =>
      turnedBack(face, picture, turns),
    );
  }

  async #findInPadded(picture: Picture): Promise<Face[]> {
    const [across, down] = [Math.round(picture.width * padding), Math.round(picture.height * padding)];
    const padded = await pad(picture, across, down);
    const candidates = await this.#detect(padded, faceLimits.enrolment.confidence);
    const faces = await this.#describer.describeAll(padded, candidates);
    return faces.map((face) => ({
      ...face,
      box: { ...face.box, left: face.box.left - across, top: face.box.top - down },
      landmarks: face.landmarks.map(({ x, y }) => ({ x: x - across, y: y - down })),
    }));
  }

  /** Boxes of likely faces, largest first. */
  async #detect(picture: Picture, leastConfidence: number, look: Look = {}): Promise<Candidate[]> {
    const { square, inPicture } = await detectorSquare(picture, look);
    const candidates = await this.#networks.candidatesIn(square, leastConfidence);
    const found = candidates
      .map(inPicture)
      .filter((candidate) => candidate !== undefined)
      .map((candidate) => ({ ...candidate, box: inside(candidate.box, picture) }))
      .filter(({ box }) => box.width >= leastPixels && box.height >= leastPixels);
    return withoutOverlaps(found, mostOverlap)
      .toSorted((a, b) => area(b.box) - area(a.box))
      .slice(0, mostFaces);
  }
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

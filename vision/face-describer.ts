import { setImmediate } from 'node:timers/promises';
import { alignment, cut } from './align.ts';
import { asCamerasSee, type FaceInPicture } from './as-camera-sees.ts';
import { type Candidate, mostOverlap, overlap } from './boxes.ts';
import type { Box, Face, Picture, Point } from './face.ts';
import { landmarksSize } from './graphs/landmarks.ts';
import type { KnownFace } from './look.ts';
import type { Networks, Sides } from './networks.ts';
import { poseOf } from './pose.ts';
import { qualityOf } from './quality.ts';
import type { SecondOpinion } from './second-opinion/second-opinion.ts';

/**
 * Describing a face as cameras see it takes five times as long as describing it: whoever waits for a photo of a whole
 * family would wait for seconds, and so would the camera's pictures meanwhile.
 */
const mostAsSeen = 2;

/**
 * How much lower than in dlib's square a face lies in the landmarks' network's: there was the middle of LFW's upright
 * frontal faces in the detector's boxes, at dlib's size (0.67 of the square).
 */
const landmarksLower = 0.05;

/** Says of a face that was found what it is like: where its landmarks are, how it is turned, how good, and whose. */
export class FaceDescriber {
  readonly #networks: Networks;
  readonly #secondOpinion: SecondOpinion | undefined;

  constructor(networks: Networks, secondOpinion: SecondOpinion | undefined) {
    this.#networks = networks;
    this.#secondOpinion = secondOpinion;
  }

  /**
   * The faces of these boxes, in their order.
   *
   * @param known whoever is there still is not described again
   * @param nearlyDone called when it comes to the last face
   */
  async describeAll(
    picture: Picture,
    candidates: readonly Candidate[],
    known: readonly KnownFace[] = [],
    nearlyDone?: () => void,
  ): Promise<Face[]> {
    const faces: Face[] = [];
    for (const { box, confidence } of candidates) {
      const isLast = faces.length === candidates.length - 1;
      if (isLast) nearlyDone?.();
      const first = await this.#locate(picture, box);
      // What came in answer to that is seen to now: what follows would let nothing in before it is over.
      if (isLast && nearlyDone) await setImmediate();
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
    if (faces.length === 0) nearlyDone?.();
    return faces;
  }

  /** The faces of a photo, described as cameras see them, too, unless there are many. */
  async withAsSeen(picture: Picture, faces: readonly Face[]): Promise<readonly Face[]> {
    if (faces.length > mostAsSeen) return faces;
    const described: Face[] = [];
    for (const face of faces) {
      const { atDoor, fromAfar } = await asCamerasSee(picture, face.box, face.landmarks);
      described.push({
        ...face,
        atDoor: await this.#meanOf(atDoor),
        fromAfar: await this.#meanOf(fromAfar),
      });
    }
    return described;
  }

  async #describe(picture: Picture, landmarks: readonly Point[], sides?: Sides): Promise<Float32Array> {
    const own = await this.#networks.describe(picture, landmarks, sides);
    return this.#secondOpinion ? await this.#secondOpinion.joinedWith(own, picture, landmarks) : own;
  }

  async #locate(picture: Picture, box: Box): Promise<Point[]> {
    const side = Math.max(box.width, box.height);
    const left = box.left + (box.width - side) / 2;
    const top = box.top + (box.height - side) / 2;
    return await this.#networks.landmarksIn(picture, cut(left, top, side, landmarksSize));
  }

  /**
   * In a square that the first points say, upright and centred. A detector's box is now narrow, now wide, and seldom
   * turned with the head; what it does to the points goes into the descriptor.
   */
  async #locateAgain(picture: Picture, first: readonly Point[]): Promise<Point[]> {
    return await this.#networks.landmarksIn(picture, alignment(first, landmarksSize, landmarksLower));
  }

  /** Every other one in its mirror image: of so many that does as well as both of each, in half of the time. */
  async #meanOf(seen: readonly FaceInPicture[]): Promise<Float32Array> {
    const descriptors: Float32Array[] = [];
    for (const [i, { picture, landmarks }] of seen.entries()) {
      descriptors.push(await this.#describe(picture, landmarks, i % 2 === 0 ? 'itself' : 'mirrored'));
    }
    return meanOf(descriptors);
  }
}

function meanOf(descriptors: readonly Float32Array[]): Float32Array {
  return descriptors[0]!.map(
    (_, i) => descriptors.reduce((sum, one) => sum + one[i]!, 0) / descriptors.length,
  );
}

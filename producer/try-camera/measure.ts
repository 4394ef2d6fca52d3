import type { Face, JpegPicture } from '../../vision/face.ts';
import { decodePicture } from '../../vision/picture.ts';
import type { Recognizer } from '../../vision/recognizer.ts';
import { openCamera } from '../camera/camera.ts';
import { CameraError } from '../camera/camera-error.ts';
import { type Light, lightOf } from './light.ts';
import { PacketStatistics, type Packets } from './packets.ts';

/** What was seen of a camera. */
export interface Measured {
  /** FFmpeg's name for the coding, such as `h264` or `hevc`. */
  readonly codec: string;
  /** As sent, pixels. */
  readonly width: number;
  readonly height: number;
  /** Until the first picture, milliseconds. */
  readonly firstPictureAfter: number;
  /** Whether it stopped sending before the time was over, though it stayed connected or not. */
  readonly stopped: boolean;
  readonly packets: Packets;
  /** The middle one of the pictures' light. */
  readonly light: Light;
  /** The picture with the largest face in it, or the last one; as the producer sees it. */
  readonly best: Look;
  /** How many pictures were looked at, and in how many of them was a face. */
  readonly looks: number;
  readonly looksWithFace: number;
}

/** A picture, and the faces in it, largest first. */
export interface Look {
  readonly picture: JpegPicture;
  readonly faces: readonly Face[];
}

/** How a camera is measured. */
export interface MeasureOptions {
  /** How long, milliseconds. */
  readonly duration: number;
  readonly recognizer: Recognizer;
  readonly signal: AbortSignal;
  /** Told when the first picture is there. */
  readonly onStart?: () => void;
  /** Told after every picture that was looked at: how much of the time is over, 0 to 1, and how many faces are seen. */
  readonly onLook?: (share: number, faces: number) => void;
}

/** Faces are looked for so often, milliseconds. */
const every = 500;

/**
 * Watches a camera for a while and says what it sends and what can be seen in it. The while is the video's own: where
 * that comes slower than time passes, it may take twice as long.
 *
 * @throws {CameraError} when it cannot be opened, or no picture came
 * @throws {RecognizerError} when faces cannot be looked for
 */
export async function measure(address: string, options: MeasureOptions): Promise<Measured> {
  const { duration, signal } = options;
  const begin = performance.now();
  const statistics = new PacketStatistics();
  let codec = 'unknown';
  const observer = {
    opened: (name: string) => {
      codec = name;
    },
    packet: statistics.add.bind(statistics),
  };
  const looking = new Looking(options);
  let first: { readonly after: number; readonly time: number; width: number; height: number } | undefined;
  let complete = false;
  try {
    const camera = openCamera(address, { framesPerSecond: 1000 / every, signal, observer });
    for await (const { picture, sent } of camera) {
      const passed = performance.now() - begin;
      if (!first) {
        first = { after: passed, time: sent.time, width: sent.width, height: sent.height };
        options.onStart?.();
      }
      const ofVideo = sent.time - first.time;
      const ofTime = (passed - first.after) / 2;
      const share = Math.max(Number.isFinite(ofVideo) ? ofVideo : 0, ofTime) / duration;
      if (looking.isDue) looking.begin(picture, Math.min(1, share));
      complete = share >= 1;
      if (complete) break;
    }
  } catch (error) {
    // One that stopped in the middle has shown enough to be told of.
    if (!first || !(error instanceof CameraError)) throw error;
  } finally {
    await looking.end();
  }
  signal.throwIfAborted();
  if (!first || !looking.best) throw new CameraError('no video', address);
  return {
    codec,
    width: first.width,
    height: first.height,
    firstPictureAfter: first.after,
    stopped: !complete,
    packets: statistics.sum(),
    light: middle(looking.lights),
    best: looking.best,
    looks: looking.lights.length,
    looksWithFace: looking.withFace,
  };
}

/** Looks for faces now and then, one picture at a time, while the video goes on: a live one waits for nobody. */
class Looking {
  readonly lights: Light[] = [];
  best: Look | undefined;
  withFace = 0;
  readonly #options: MeasureOptions;
  #current: Promise<void> | undefined;
  #failure: { readonly error: unknown } | undefined;

  constructor(options: MeasureOptions) {
    this.#options = options;
  }

  get isDue(): boolean {
    if (this.#failure) throw this.#failure.error;
    return this.#current === undefined;
  }

  begin(picture: JpegPicture, share: number): void {
    this.#current = this.#look(picture, share)
      .catch((error: unknown) => {
        this.#failure = { error };
      })
      .finally(() => {
        this.#current = undefined;
      });
  }

  /** Waits for the picture that is being looked at. */
  async end(): Promise<void> {
    await this.#current;
    if (this.#failure) throw this.#failure.error;
  }

  async #look(picture: JpegPicture, share: number): Promise<void> {
    const pixels = await decodePicture(picture.jpeg);
    const faces = await this.#options.recognizer.find(pixels, 'live');
    this.lights.push(lightOf(pixels));
    if (faces.length > 0) this.withFace += 1;
    if (!this.best || widest(faces) >= widest(this.best.faces)) this.best = { picture, faces };
    this.#options.onLook?.(share, faces.length);
  }
}

const widest = (faces: readonly Face[]) => Math.max(0, ...faces.map(({ box }) => box.width));

function middle(lights: readonly Light[]): Light {
  return lights.toSorted((a, b) => a.brightness - b.brightness)[Math.floor(lights.length / 2)]!;
}

import { setTimeout as delay } from 'node:timers/promises';
import { second } from '../../party/clock.ts';
import { loggable } from '../../party/loggable.ts';
import type { Recognizer } from '../../vision/recognizer.ts';
import { Watch, type WatchedFace } from '../../vision/watch.ts';
import { type CameraWatchParts, watchCamera } from '../camera/camera-watch.ts';
import type { DoorPace } from '../camera/door-pace.ts';
import type { Frame } from '../camera/frame.ts';
import { FrameSearch, type FrameSearchParts } from '../search/frame-search.ts';
import { problemText } from './problems.text.ts';

/** What a doorway is watched with. */
export interface DoorwayParts extends CameraWatchParts, FrameSearchParts {
  readonly pace: Pick<DoorPace, 'looked' | 'stayAwake'>;
  readonly startRecognizer: () => Promise<Recognizer>;
}

/** What was seen since the watching began. */
export interface Counts {
  readonly frames: number;
  readonly faces: number;
  readonly calls: number;
  /** When the camera's last picture came, milliseconds since 1970 by AWS's clock. */
  readonly lastFrame: number | undefined;
}

/** The pauses between tries of the engine, milliseconds: each is twice as long, up to the longest. */
const [firstPause, longestPause] = [second, 30 * second];

/** Watches the door for one party: frames in, searches and records out. */
export class Doorway {
  readonly #parts: DoorwayParts;
  readonly #frameSearch: FrameSearch;
  #frames = 0;
  #faces = 0;
  #lastFrame: number | undefined;

  constructor(parts: DoorwayParts) {
    this.#parts = parts;
    this.#frameSearch = new FrameSearch(parts);
  }

  get counts(): Counts {
    return {
      frames: this.#frames,
      faces: this.#faces,
      calls: this.#frameSearch.calls,
      lastFrame: this.#lastFrame,
    };
  }

  /** Watches until the signal; a camera or an engine that fails is tried again for ever. Never throws. */
  async watch(signal: AbortSignal): Promise<void> {
    const recognizer = await this.#startRecognizer(signal);
    try {
      if (recognizer) {
        // Whether a look is searched depends on what it alone says.
        const watch = new Watch(recognizer, () => this.#frameSearch.isSearching(this.#lastFrame ?? 0));
        await watchCamera(this.#parts, (frame) => this.#look(frame, watch), signal);
      }
      await this.#frameSearch.finish();
    } finally {
      await recognizer?.close();
    }
  }

  async #startRecognizer(signal: AbortSignal): Promise<Recognizer | undefined> {
    const { startRecognizer, problems, log } = this.#parts;
    for (let pause = firstPause; !signal.aborted; pause = Math.min(2 * pause, longestPause)) {
      try {
        const recognizer = await startRecognizer();
        problems.solved('engine');
        return recognizer;
      } catch (error) {
        problems.has('engine', problemText.engine);
        log.error('The engine does not start', loggable(error));
        await delay(pause, undefined, { signal }).catch(() => {});
      }
    }
    return undefined;
  }

  async #look(seen: Frame, watch: Watch): Promise<void> {
    // Two frames never have one time: it is the name of the frame's picture.
    const time = Math.max(seen.time, (this.#lastFrame ?? 0) + 1);
    const frame = { ...seen, time };
    const faces = await this.#find(frame, watch);
    if (!faces) return;
    this.#frames += 1;
    this.#faces += faces.length;
    this.#lastFrame = time;
    this.#frameSearch.take(frame, faces);
    if (this.#frameSearch.isCurious(time)) this.#parts.pace.stayAwake();
  }

  /** @returns undefined when the engine failed */
  async #find({ picture, time }: Frame, watch: Watch): Promise<WatchedFace[] | undefined> {
    const { pace, problems, log } = this.#parts;
    const begin = performance.now();
    try {
      const faces = await watch.look(picture, time);
      problems.solved('engine');
      return faces;
    } catch (error) {
      problems.has('engine', problemText.engine);
      log.warn('A frame was left out', loggable(error));
      return undefined;
    } finally {
      pace.looked(performance.now() - begin);
    }
  }
}

import type { EngineOptions } from './engine.ts';
import type { Face, JpegPicture, Picture } from './face.ts';
import { EngineDiedError, ForkedEngine } from './forked-engine.ts';
import type { Look } from './look.ts';
import { RecognizerError } from './recognizer-error.ts';
import type { Mode } from './usable.ts';

/** Finds faces in pictures and describes them. */
export interface Recognizer {
  /**
   * The faces in a picture, largest first. Pictures are looked at one after another.
   *
   * @param look of a picture of a camera, for who keeps account of that (`watch.ts`); and whether a photo is only searched
   * @param nearlyDone called for a camera's picture when a processor has become idle: time to {@link prepare} the next
   * @throws {RecognizerError} when the engine cannot look at it, or this recognizer was closed
   */
  find(picture: Picture | JpegPicture, mode: Mode, look?: Look, nearlyDone?: () => void): Promise<Face[]>;
  /**
   * Begins to decode a picture that will be looked at next, while another one may still be looked at; only the newest is
   * kept. Never throws. Not every recognizer gains by it.
   */
  prepare?(picture: JpegPicture): void;
  /** Ends the engine's process; what it was still asked is rejected. */
  close(): Promise<void>;
}

/** How a recognizer works. */
export interface RecognizerOptions extends EngineOptions {
  /** Told the process id of the engine, and of each one started in place of one that died. */
  readonly onStart?: (pid: number) => void;
}

/**
 * Starts the engine in a process of its own: computing stalls a process, and ending it meanwhile aborts
 * it (in a worker thread that would be this one). When the engine dies, another is started and looks at
 * the pictures that were under way once more. It ends with this process, however that ends.
 *
 * @throws {RecognizerError} when the engine cannot start
 */
export async function startRecognizer(options: RecognizerOptions = {}): Promise<Recognizer> {
  const recognizer = new ForkedRecognizer(options);
  await recognizer.start();
  return recognizer;
}

class ForkedRecognizer implements Recognizer {
  readonly #options: RecognizerOptions;
  #engine: Promise<ForkedEngine> | undefined;
  #closed = false;

  constructor(options: RecognizerOptions) {
    this.#options = options;
  }

  /** The running engine; when there is none (it could not be started again), another try. */
  start(): Promise<ForkedEngine> {
    if (this.#engine) return this.#engine;
    const engine = this.#begin();
    this.#engine = engine;
    engine.catch(() => {
      if (this.#engine === engine) this.#engine = undefined;
    });
    return engine;
  }

  async #begin(): Promise<ForkedEngine> {
    const { onStart, ...options } = this.#options;
    const engine = await ForkedEngine.start(options, () => this.#startAgain());
    onStart?.(engine.pid);
    return engine;
  }

  async find(...asked: Parameters<Recognizer['find']>): Promise<Face[]> {
    try {
      return await this.#ask(...asked);
    } catch (error) {
      if (!(error instanceof EngineDiedError)) throw error;
      // A picture that kills the engine twice would kill it for ever.
      return await this.#ask(...asked);
    }
  }

  prepare(picture: JpegPicture): void {
    if (this.#closed) return;
    // Without an engine nothing is to be gained: it will be sent the picture when it is asked.
    this.#engine?.then(
      (engine) => engine.prepare(picture),
      () => {},
    );
  }

  async #ask(...asked: Parameters<Recognizer['find']>): Promise<Face[]> {
    if (this.#closed) throw new RecognizerError('The face recognizer was closed.');
    const engine = await this.start();
    return await engine.find(...asked);
  }

  #startAgain(): void {
    this.#engine = undefined;
    if (!this.#closed) this.start();
  }

  async close(): Promise<void> {
    this.#closed = true;
    const engine = await this.#engine?.catch(() => undefined);
    await engine?.kill();
  }
}

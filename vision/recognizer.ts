import { type ChildProcess, fork } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import type { EngineOptions } from './engine.ts';
import type { Answer, Request } from './engine-process.ts';
import type { Face, JpegPicture, Picture } from './face.ts';
import type { Look } from './look.ts';
import type { Mode } from './usable.ts';

/** Whether this is the source itself, and not part of a bundle (such as the one in the producer's image). */
const isSource = new URL(import.meta.url).pathname.endsWith('.ts');

/** The engine's program, which lies beside this one, in a bundle too. */
const program = fileURLToPath(new URL(`engine-process.${isSource ? 'ts' : 'js'}`, import.meta.url));

/**
 * GNU's allocator (mallopt(3)) would keep a store for each thread, none of which gives back what it once had; and with
 * the first large picture that is freed it would begin to keep room for such. When it is told how much it may keep, in
 * bytes, it has the system give and take large pieces one by one: 50 MB less, for 2 % more work in a look.
 */
const frugal = { MALLOC_ARENA_MAX: '2', MALLOC_TRIM_THRESHOLD_: '4000000' };

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

/** The engine cannot start, failed on a picture, died of it twice, or was closed. */
export class RecognizerError extends Error {
  override readonly name: string = 'RecognizerError';
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

/** More than any machine has cores for. */
const mostThreads = 256;

class ForkedRecognizer implements Recognizer {
  readonly #options: RecognizerOptions;
  #engine: Promise<EngineProcess> | undefined;
  #closed = false;

  constructor(options: RecognizerOptions) {
    this.#options = options;
  }

  /** The running engine; when there is none (it could not be started again), another try. */
  start(): Promise<EngineProcess> {
    if (this.#engine) return this.#engine;
    const engine = EngineProcess.start(this.#options, () => this.#startAgain());
    this.#engine = engine;
    engine.catch(() => {
      if (this.#engine === engine) this.#engine = undefined;
    });
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

/** The engine's process ended while it was asked something. */
class EngineDiedError extends RecognizerError {
  override readonly name = 'EngineDiedError';
}

/** A request that waits for its answer. */
interface Pending {
  readonly nearlyDone: (() => void) | undefined;
  readonly resolve: (faces: Face[]) => void;
  readonly reject: (error: RecognizerError) => void;
}

/** One engine process, from the side of the one who asks. */
class EngineProcess {
  readonly #child: ChildProcess;
  readonly #ended: Promise<void>;
  readonly #pending = new Map<number, Pending>();
  #requests = 0;
  /** What it has begun with and was not asked about yet. */
  #prepared: JpegPicture | undefined;

  private constructor(child: ChildProcess, onDeath: () => void) {
    this.#child = child;
    this.#ended = new Promise((resolve) => {
      child.once('exit', () => {
        // First a new engine, so that whoever is rejected and asks again finds it.
        onDeath();
        for (const { reject } of this.#pending.values()) {
          reject(new EngineDiedError('The face recognizer died while it looked at this picture.'));
        }
        this.#pending.clear();
        resolve();
      });
    });
    child.on('message', (answer: Answer) => this.#settle(answer));
  }

  /** Resolves when the engine is ready. `onDeath` is called when it ends after that. */
  static async start(options: RecognizerOptions, onDeath: () => void): Promise<EngineProcess> {
    const { onStart: _, ...given } = options;
    const engineOptions: EngineOptions = { ...threadsWanted(), ...given };
    const child = fork(program, [JSON.stringify(engineOptions)], {
      // Found from here and not from the working directory, which may be anywhere.
      execArgv: [
        '--expose-gc',
        '--max-semi-space-size=4',
        ...(isSource ? ['--import', import.meta.resolve('tsx')] : []),
      ],
      env: { ...frugal, ...process.env },
      serialization: 'advanced',
      stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
    });
    await new Promise<void>((resolve, reject) => {
      const fail = (why: string, cause?: unknown) =>
        reject(new RecognizerError(`The face recognizer cannot start: ${why}`, { cause }));
      child.once('error', (error) => fail(error.message, error));
      child.once('exit', (code, signal) => fail(`its process ended (${signal ?? code}).`));
      child.once('message', (answer: Answer) => {
        if ('failed' in answer) fail(answer.failed);
        else resolve();
      });
    }).catch((error) => {
      child.kill('SIGKILL');
      throw error;
    });
    options.onStart?.(child.pid!);
    return new EngineProcess(child, onDeath);
  }

  find(picture: Picture | JpegPicture, mode: Mode, look?: Look, nearlyDone?: () => void): Promise<Face[]> {
    this.#requests += 1;
    const id = this.#requests;
    const isPrepared = picture === this.#prepared;
    if (isPrepared) this.#prepared = undefined;
    return new Promise((resolve, reject) => {
      this.#pending.set(id, { nearlyDone, resolve, reject });
      const saysNearlyDone = nearlyDone !== undefined;
      this.#send({ id, picture: isPrepared ? 'prepared' : picture, mode, look, saysNearlyDone });
    });
  }

  /** One picture at most: whoever prepares another one is no longer interested in the former. */
  prepare(picture: JpegPicture): void {
    this.#prepared = picture;
    this.#send({ prepare: picture });
  }

  #send(request: Request): void {
    // A failure to send means that the process is ending, which rejects all that is pending.
    this.#child.send(request, () => {});
  }

  #settle(answer: Answer): void {
    if (!('id' in answer)) return;
    const pending = this.#pending.get(answer.id);
    if ('nearlyDone' in answer) {
      pending?.nearlyDone?.();
      return;
    }
    this.#pending.delete(answer.id);
    if ('faces' in answer) pending?.resolve([...answer.faces]);
    else pending?.reject(new RecognizerError(`The face recognizer failed: ${answer.error}`));
  }

  async kill(): Promise<void> {
    this.#child.kill('SIGKILL');
    await this.#ended;
  }
}

/**
 * What ENGINE_THREADS says. Several engines on one machine, as in a run of the tests, compute more with a thread each.
 *
 * @throws {RecognizerError} when it is no number of threads
 */
function threadsWanted(said = process.env.ENGINE_THREADS): Pick<EngineOptions, 'threads'> {
  if (!said) return {};
  const threads = Number(said);
  if (Number.isInteger(threads) && threads >= 1 && threads <= mostThreads) return { threads };
  throw new RecognizerError(
    `ENGINE_THREADS has to be a whole number from 1 to ${mostThreads}, not “${said}”.`,
  );
}

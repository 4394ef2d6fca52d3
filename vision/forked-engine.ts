import { type ChildProcess, fork } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import type { EngineOptions } from './engine.ts';
import type { Answer, Request } from './engine-process.ts';
import type { Face, JpegPicture, Picture } from './face.ts';
import type { Look } from './look.ts';
import { RecognizerError } from './recognizer-error.ts';
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

/** More than any machine has cores for. */
const mostThreads = 256;

/** The engine's process ended while it was asked something. */
export class EngineDiedError extends RecognizerError {
  override readonly name = 'EngineDiedError';
}

/** A request that waits for its answer. */
interface Pending {
  readonly nearlyDone: (() => void) | undefined;
  readonly resolve: (faces: Face[]) => void;
  readonly reject: (error: RecognizerError) => void;
}

/** One engine's process, from the side of the one who asks. */
export class ForkedEngine {
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
  static async start(options: EngineOptions, onDeath: () => void): Promise<ForkedEngine> {
    const engineOptions: EngineOptions = { ...threadsWanted(), ...options };
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
    return new ForkedEngine(child, onDeath);
  }

  /** The process id. */
  get pid(): number {
    return this.#child.pid!;
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

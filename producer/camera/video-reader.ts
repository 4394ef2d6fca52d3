import { type ChildProcess, fork } from 'node:child_process';
import { setTimeout as delay } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import type { CodedPart } from '../video/coded-parts.ts';
import { CameraError } from './camera-error.ts';
import { ClockDifference } from './clock-difference.ts';
import type { CameraFrame } from './frame.ts';
import type { PaceHints } from './pace.ts';
import type { VideoObserver } from './video.ts';
import type { Answer, CodedOrder, Order, Request } from './video-process.ts';

/** Whether this is the source itself, and not part of a bundle (such as the one in the producer's image). */
const isSource = new URL(import.meta.url).pathname.endsWith('.ts');

/** The program that reads the video, which lies beside this one, in a bundle too. */
const program = fileURLToPath(new URL(`video-process.${isSource ? 'ts' : 'js'}`, import.meta.url));

/**
 * It is asked so often whether the process was heard, milliseconds; when it was not three times in a row, it is stuck.
 */
const usualListening = 5000;
const longestSilence = 3;

/** The process says goodbye to the camera, and a camera that froze does not answer: milliseconds. */
const longestGoodbye = 700;

/** Who is told of what a process does besides giving frames. */
export interface ReaderListeners {
  readonly observer: VideoObserver | undefined;
  readonly onStart: ((pid: number) => void) | undefined;
  /** Told what comes of a video that is read as it is sent. */
  readonly onCoded?: (part: CodedPart) => void;
  readonly listenEvery?: number;
}

/** A frame, the end, or why there is none. */
type Outcome = { readonly frame: CameraFrame | undefined } | { readonly error: CameraError };

/** One video in a process of its own, from the side of the one who watches. */
export class VideoReader {
  readonly #address: string;
  readonly #listeners: ReaderListeners;
  readonly #child: ChildProcess;
  readonly #exited: Promise<void>;
  readonly #listening: NodeJS.Timeout;
  /** The end, once the process has nothing more to say. */
  #last: Outcome | undefined;
  readonly #over: Promise<void>;
  #onOver!: () => void;
  #waiting: (outcome: Outcome) => void = () => {};
  #unheard = 0;
  readonly #clocks = new ClockDifference();

  constructor(order: Order | CodedOrder, listeners: ReaderListeners) {
    this.#address = order.address;
    this.#listeners = listeners;
    this.#child = fork(program, {
      // Found from here and not from the working directory, which may be anywhere.
      execArgv: isSource ? ['--import', import.meta.resolve('tsx')] : [],
      serialization: 'advanced',
      // What FFmpeg or Node would print of a crash could hold the camera's password.
      stdio: ['ignore', 'ignore', 'ignore', 'ipc'],
    });
    this.#over = new Promise((resolve) => {
      this.#onOver = resolve;
    });
    this.#exited = new Promise((resolve) => {
      this.#child.once('exit', (code, signal) => {
        this.#finish(this.#crashed(`its process ended (${signal ?? code})`));
        resolve();
      });
      this.#child.on('error', (error) => {
        this.#finish(this.#crashed(error.message));
        if (this.#child.pid === undefined) resolve();
      });
    });
    this.#child.on('message', (answer: Answer) => this.#take(answer));
    this.#listening = setInterval(() => this.#listen(), listeners.listenEvery ?? usualListening);
    if (this.#child.pid !== undefined) listeners.onStart?.(this.#child.pid);
    this.#send({ open: order });
  }

  /**
   * The newest frame, or the next one that comes; undefined at the end. One at a time.
   *
   * @throws {CameraError}
   */
  async next(hints: PaceHints | null): Promise<CameraFrame | undefined> {
    const outcome = await (this.#last ??
      new Promise<Outcome>((resolve) => {
        this.#waiting = resolve;
        this.#send({ next: hints });
      }));
    if ('error' in outcome) throw outcome.error;
    return outcome.frame;
  }

  /** No more frames: whoever waits for one hears the end at once. The camera is told goodbye. */
  stop(): void {
    this.#send({ stop: true });
    this.#waiting({ frame: undefined });
  }

  /** Ends the process, in order if it is quick. */
  async end(): Promise<void> {
    clearInterval(this.#listening);
    if (!this.#last) {
      this.#send({ stop: true });
      await Promise.race([this.#over, delay(longestGoodbye, undefined, { ref: false })]);
    }
    this.#child.kill('SIGKILL');
    await this.#exited;
  }

  #take(answer: Answer): void {
    this.#unheard = 0;
    const { observer } = this.#listeners;
    if ('frame' in answer) this.#waiting({ frame: this.#clocks.inOurTime(answer.frame, answer.now) });
    else if ('coded' in answer) this.#listeners.onCoded?.(answer.coded);
    else if ('opened' in answer) observer?.opened(answer.opened);
    else if ('packet' in answer) observer?.packet(answer.packet);
    else if ('ended' in answer) this.#finish({ frame: undefined });
    else if ('failed' in answer) {
      const cause = new Error(answer.cause);
      this.#finish({
        error: new CameraError(answer.failed, this.#address, { status: answer.status, cause }),
      });
    }
  }

  /** Counted in turns and not in time, for a machine that slept hears nothing for hours, and misses one turn. */
  #listen(): void {
    this.#unheard += 1;
    if (this.#unheard >= longestSilence) this.#finish(this.#crashed('its process is stuck'));
  }

  #finish(outcome: Outcome): void {
    this.#last ??= outcome;
    this.#waiting(this.#last);
    this.#onOver();
  }

  #crashed(why: string): Outcome {
    return { error: new CameraError('crashed', this.#address, { cause: new Error(why) }) };
  }

  #send(request: Request): void {
    // A failure to send means that the process is ending, which is told to who waits.
    if (this.#child.connected) this.#child.send(request, () => {});
  }
}

import { type ChildProcess, fork } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import type { Answer, Request, TimedPicture } from './decoder-process.ts';
import type { UploadedTrack } from './matroska-reader.ts';
import type { UploadedFrame } from './uploaded-fragment.ts';

/** Whether this is the source itself, and not part of a bundle. */
const isSource = new URL(import.meta.url).pathname.endsWith('.ts');

/** The program that decodes, which lies beside this one, in a bundle too. */
const program = fileURLToPath(new URL(`decoder-process.${isSource ? 'ts' : 'js'}`, import.meta.url));

/** So many frames may wait in the process, ten seconds at 30 a second; those that come then are left out. */
const mostWaiting = 300;

/** Frames that are not decoded by then, milliseconds, never are. */
const patience = 20_000;

/** Who decodes a stream's video, in a process of its own. It keeps no program running, and ends with it. */
export class Decoder {
  readonly #child: ChildProcess;
  readonly #asked = new Map<number, (pictures: readonly TimedPicture[]) => void>();
  readonly #onPicture: (picture: TimedPicture) => void;
  #lastId = 0;
  #waiting = 0;
  #track: UploadedTrack | undefined;
  #isOver = false;

  /** @param onPicture told of the pictures of the frames that it is given, five a second */
  constructor(onPicture: (picture: TimedPicture) => void) {
    this.#onPicture = onPicture;
    this.#child = fork(program, {
      // Found from here and not from the working directory, which may be anywhere.
      execArgv: isSource ? ['--import', import.meta.resolve('tsx')] : [],
      serialization: 'advanced',
      stdio: ['ignore', 'ignore', 'ignore', 'ipc'],
    });
    this.#child.on('message', (answer: Answer) => this.#take(answer));
    this.#child.once('error', () => this.close());
    this.#child.once('exit', () => this.close());
    this.#child.unref();
    this.#child.channel?.unref();
  }

  /** Whether the process has ended: a frame may have crashed it. */
  get isOver(): boolean {
    return this.#isOver;
  }

  get pid(): number | undefined {
    return this.#child.pid;
  }

  /** Takes the next frame of the video that comes; one track follows another at a key frame. */
  take(track: UploadedTrack, frame: UploadedFrame): void {
    if (this.#track !== track || this.#waiting >= mostWaiting) {
      this.#track = undefined;
      if (!frame.isKey || this.#waiting >= mostWaiting) return;
      this.#track = track;
      this.#send({ track });
    }
    this.#waiting += 1;
    this.#send({ frame });
  }

  /**
   * The pictures of these times, of frames that begin with a key frame; those that cannot be decoded are missing, and
   * all if the process ends over it.
   */
  async pictures(
    of: UploadedTrack,
    frames: readonly UploadedFrame[],
    times: ReadonlySet<number>,
  ): Promise<readonly TimedPicture[]> {
    if (this.#isOver) return [];
    const id = ++this.#lastId;
    this.#child.ref();
    this.#child.channel?.ref();
    const late = setTimeout(() => this.close(), patience);
    try {
      return await new Promise((resolve) => {
        this.#asked.set(id, resolve);
        this.#send({ id, of, frames, times });
      });
    } finally {
      clearTimeout(late);
      this.#asked.delete(id);
      if (this.#asked.size === 0) {
        this.#child.unref();
        this.#child.channel?.unref();
      }
    }
  }

  /** Ends the process at once. */
  close(): void {
    this.#isOver = true;
    this.#child.kill('SIGKILL');
    for (const answer of this.#asked.values()) answer([]);
  }

  #take(answer: Answer): void {
    if ('picture' in answer) this.#onPicture(answer.picture);
    else if ('done' in answer) this.#waiting -= 1;
    else this.#asked.get(answer.id)?.(answer.pictures);
  }

  #send(request: Request): void {
    this.#child.send(request, (error) => error && this.close());
  }
}

import { type ChildProcess, fork } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import type { Answer, Question } from './probe-process.ts';
import type { FileType } from './sniff.ts';

/** What a sound or film file says about itself. */
export interface Probe {
  /** Whole seconds; 0 when unknown. */
  readonly duration: number;
  readonly title?: string;
  readonly performer?: string;
  /** Pixels; only with a picture track that is not a cover. */
  readonly width?: number;
  readonly height?: number;
  /** Whether there is sound in it. */
  readonly sound: boolean;
}

/** The demuxer is named, never guessed: a guess could take a file for a playlist and open what that names. */
const demuxers: Readonly<Record<string, string>> = {
  mp3: 'mp3',
  m4a: 'mov',
  mp4: 'mov',
  mov: 'mov',
  ogg: 'ogg',
  flac: 'flac',
  wav: 'wav',
  webm: 'matroska',
};

/** A file that FFmpeg has not understood by then, milliseconds, it never does. */
const patience = 20_000;
/** Starting takes a moment, and songs come one after the other: the process is kept for so long, milliseconds. */
const idleTime = 30_000;

/** Whether this is the source itself, and not part of a bundle. */
const isSource = new URL(import.meta.url).pathname.endsWith('.ts');

/** The program that looks into files, which lies beside this one, in a bundle too. */
const program = fileURLToPath(new URL(`probe-process.${isSource ? 'ts' : 'js'}`, import.meta.url));

/** The process that looks into files, while there is one. It keeps no program running, and ends with it. */
class Prober {
  readonly #child: ChildProcess;
  readonly #waiting = new Map<number, (found: Probe | undefined) => void>();
  #idle: NodeJS.Timeout | undefined;
  #last = 0;
  #over = false;

  constructor() {
    this.#child = fork(program, {
      // Found from here and not from the working directory, which may be anywhere.
      execArgv: isSource ? ['--import', import.meta.resolve('tsx')] : [],
      serialization: 'advanced',
      stdio: ['ignore', 'ignore', 'ignore', 'ipc'],
    });
    this.#child.on('message', ({ id, found }: Answer) => this.#waiting.get(id)?.(found));
    this.#child.once('error', () => this.#end());
    this.#child.once('exit', () => this.#end());
    this.#release();
  }

  get over(): boolean {
    return this.#over;
  }

  get pid(): number | undefined {
    return this.#child.pid;
  }

  /** Undefined for what is not of the format, and for what ends the process or takes it too long. */
  async ask(bytes: Buffer, format: string): Promise<Probe | undefined> {
    clearTimeout(this.#idle);
    this.#child.ref();
    this.#child.channel?.ref();
    const id = ++this.#last;
    const late = setTimeout(() => this.#child.kill('SIGKILL'), patience);
    try {
      return await new Promise((resolve) => {
        this.#waiting.set(id, resolve);
        const question: Question = { id, bytes, format };
        this.#child.send(question, (error) => error && this.#end());
      });
    } finally {
      clearTimeout(late);
      this.#waiting.delete(id);
      if (this.#waiting.size === 0) this.#release();
    }
  }

  #release(): void {
    this.#child.unref();
    this.#child.channel?.unref();
    clearTimeout(this.#idle);
    this.#idle = setTimeout(() => this.#end(), idleTime);
    this.#idle.unref();
  }

  #end(): void {
    this.#over = true;
    clearTimeout(this.#idle);
    this.#child.kill('SIGKILL');
    for (const answer of this.#waiting.values()) answer(undefined);
  }
}

let prober: Prober | undefined;

/**
 * Reads duration, tags and size from the bytes of a file of a known type, in a process of its own.
 *
 * @returns undefined when the bytes are not of that type, or are such that FFmpeg crashes or hangs over them
 */
export async function probe(bytes: Buffer, type: FileType): Promise<Probe | undefined> {
  const format = demuxers[type.extension];
  if (format === undefined) return undefined;
  if (!prober || prober.over) prober = new Prober();
  return await prober.ask(bytes, format);
}

/** The process id of who looks into files, while there is one: so that a test can end it. */
export function proberPid(): number | undefined {
  return prober?.over ? undefined : prober?.pid;
}

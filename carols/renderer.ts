import { type ChildProcess, fork } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import type { Rendering } from './render-process.ts';

/** Whether this is the source itself, and not part of a bundle. */
const isSource = new URL(import.meta.url).pathname.endsWith('.ts');

/** The program that renders, which lies beside this one, in a bundle too. */
const program = fileURLToPath(new URL(`render-process.${isSource ? 'ts' : 'js'}`, import.meta.url));

/** A carol that could not be had; the message says which and why. */
export class CarolError extends Error {
  override readonly name = 'CarolError';
}

/** Renders a carol, by its id, to an MP3 file. One at a time. */
export type Render = (id: string) => Promise<Uint8Array>;

/**
 * Starts a process for rendering, does some work with it, and ends it, however the work ends.
 * @throws {CarolError} (out of `render`) when a carol could not be rendered or the process died.
 * @throws {DOMException} `AbortError`, when `signal` is aborted.
 */
export async function withRenderer<T>(
  work: (render: Render) => Promise<T>,
  signal?: AbortSignal,
): Promise<T> {
  signal?.throwIfAborted();
  const child = fork(program, {
    // Not the parent's: it may have been started with other loaders, or a debugger.
    execArgv: isSource ? ['--import', import.meta.resolve('tsx')] : [],
    serialization: 'advanced',
    stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
  });
  const stop = () => child.kill('SIGKILL');
  signal?.addEventListener('abort', stop, { once: true });
  // An error comes instead of an exit when the process could not even be started.
  const ended = new Promise((resolve) => child.on('exit', resolve).on('error', resolve));
  try {
    return await work((id) => renderIn(child, id, signal));
  } finally {
    signal?.removeEventListener('abort', stop);
    stop();
    // Nobody is left behind: the caller may be about to exit or to delete a folder.
    await ended;
  }
}

function renderIn(child: ChildProcess, id: string, signal: AbortSignal | undefined): Promise<Uint8Array> {
  return new Promise((resolve, reject) => {
    const settle = (finish: () => void) => {
      child.off('message', answered).off('exit', died).off('error', failed);
      finish();
    };
    const answered = (message: unknown) => {
      const answer = message as Rendering;
      settle(() =>
        'audio' in answer
          ? resolve(answer.audio)
          : reject(new CarolError(`The carol "${id}" could not be rendered: ${answer.failure}.`)),
      );
    };
    const died = (code: number | null, killedBy: string | null) =>
      settle(() =>
        reject(
          signal?.aborted
            ? signal.reason
            : new CarolError(
                `The process that renders carols ended at "${id}" (${killedBy ?? `code ${code}`}).`,
              ),
        ),
      );
    const failed = (cause: Error) =>
      settle(() => reject(new CarolError(`The carol "${id}" could not be sent for rendering.`, { cause })));
    child.on('message', answered).on('exit', died).on('error', failed);
    if (child.exitCode !== null || child.signalCode !== null) died(child.exitCode, child.signalCode);
    else child.send(id, (error) => error && failed(error));
  });
}

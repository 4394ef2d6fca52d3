import type { Port } from '../http/free-port.ts';
import { UsageError } from './options.ts';

/** Says what went wrong, in its message's words, and ends this process: 2 for a wrong command line, else 1. */
export function fail(error: unknown): never {
  console.error(messageOf(error));
  process.exit(error instanceof UsageError ? 2 : 1);
}

/** What an error says to people. */
export function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}

/** A default port gave way to another program's: said, so that nobody waits at the wrong address. */
export function sayMoved(option: string, { asked, number }: Port, url: string): void {
  const port = Number(new URL(url).port);
  if (!asked && port !== number) {
    console.log(`Port ${number} is taken by another program, so ${port} is used (${option} chooses one).`);
  }
}

/** So long the end may take, in milliseconds; whoever stops services waits for 30 s to 90 s before they kill. */
const endLimit = 25_000;

/** After `^C`, which the terminal has written into the line. */
const newLine = process.stdout.isTTY ? '\n' : '';

/**
 * The first signal ends the program in order; the second ends it at once, and so does the time, if something hangs.
 * All that is kept survives that. It says so at once, for the end may take some seconds.
 *
 * @param close ends the program; if it gives a sentence, that is said when it has ended
 */
export function endWithSignals(close: () => Promise<unknown>, limit: number = endLimit): void {
  let ending = false;
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
    process.on(signal, () => {
      // An exit would wait for a thread of FFmpeg's that still reads from the camera.
      if (ending) process.kill(process.pid, 'SIGKILL');
      ending = true;
      // A terminal that was closed takes no more words; that keeps nothing from ending in order.
      process.stdout.on('error', () => {});
      console.log(`${newLine}Ending … (once more ends it at once)`);
      setTimeout(() => {
        console.error(
          'Something did not end in time, so it was ended at once. Nothing that was kept is lost.',
        );
        process.kill(process.pid, 'SIGKILL');
      }, limit).unref();
      close().then((last) => {
        console.log(typeof last === 'string' ? last : 'Ended.');
        process.exit(0);
      }, fail);
    });
  }
}

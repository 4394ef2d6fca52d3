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

/** The first signal ends the program in order; the second ends it at once. */
export function endWithSignals(close: () => Promise<void>): void {
  let ending = false;
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
    process.on(signal, () => {
      // An exit would wait for a thread of FFmpeg's that still reads from the camera.
      if (ending) process.kill(process.pid, 'SIGKILL');
      ending = true;
      close().then(() => process.exit(0), fail);
    });
  }
}

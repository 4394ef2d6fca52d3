import type { Log } from '../party/log.ts';

/** Of an error, what may stand in a log: its causes and stack could hold an address. */
export function loggable(error: unknown): { error: string } {
  return { error: error instanceof Error ? `${error.name}: ${error.message}` : String(error) };
}

/** A log of one JSON document a line. */
export function jsonLog(write: (line: string) => void = (line) => process.stdout.write(line)): Log {
  const at =
    (level: string): Log['info'] =>
    (message, ...fields) => {
      const line = { time: new Date().toISOString(), level, message, ...Object.assign({}, ...fields) };
      write(`${JSON.stringify(line)}\n`);
    };
  return { info: at('info'), warn: at('warn'), error: at('error') };
}

import type { Log } from '../party/log.ts';

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

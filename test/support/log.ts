import type { Log } from '../../party/log.ts';

/** A log that keeps what it is told, for looking into a test that failed. */
export function keptLog(): Log & { readonly lines: string[] } {
  const lines: string[] = [];
  const keep =
    (level: string): Log['info'] =>
    (message, ...fields) => {
      lines.push(`${level} ${message} ${JSON.stringify(fields)}`);
    };
  return { lines, info: keep('info'), warn: keep('warn'), error: keep('error') };
}

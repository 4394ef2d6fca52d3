import type { Ended } from './command.ts';

/** The lines of what is wrong, each with what to do about it. */
export function wrongIn({ stdout }: Ended): string[] {
  const lines = stdout.split('\n');
  return lines.flatMap((line, i) => (line.startsWith('✗') ? [`${line} ${lines[i + 1]?.trim()}`] : []));
}

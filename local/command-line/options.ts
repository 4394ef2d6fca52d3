import { type ParseArgsConfig, parseArgs } from 'node:util';
import type { Port } from '../http/free-port.ts';

/** The command line makes no sense; the message says what and points to `--help`. */
export class UsageError extends Error {
  override readonly name = 'UsageError';
}

/**
 * Reads a program's options; anything else on its command line is refused.
 *
 * @param command how the program is called: `npm start`
 * @param elsewhere where what somebody may type instead belongs, a sentence
 * @throws UsageError
 */
export function parseOptions<Options extends NonNullable<ParseArgsConfig['options']>>(
  command: string,
  args: readonly string[],
  options: Options,
  elsewhere = '',
) {
  try {
    return parseArgs({ args: [...args], options }).values;
  } catch (cause) {
    // What was typed may be the camera's address, with a password: it is not repeated.
    const isPositional = (cause as { code?: string }).code === 'ERR_PARSE_ARGS_UNEXPECTED_POSITIONAL';
    const why = isPositional
      ? `Nothing but options goes on the command line.${elsewhere && ` ${elsewhere}`}`
      : (cause as Error).message;
    throw new UsageError(`${why}\nSee ${command} -- --help`, { cause });
  }
}

/**
 * A port as an option gives it.
 *
 * @param option its name: `--port`
 * @param text what was given; undefined for the default
 * @throws UsageError
 */
export function readPort(command: string, option: string, text: string | undefined, byDefault: number): Port {
  if (text === undefined) return { number: byDefault, asked: false };
  const number = Number(text);
  if (!/^\d+$/.test(text) || number > 65_535) {
    throw new UsageError(`${option} takes a port from 0 to 65535, not ${text}.\nSee ${command} -- --help`);
  }
  return { number, asked: true };
}

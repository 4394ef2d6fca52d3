import { parseOptions, readPort } from '../command-line/options.ts';
import type { Port } from '../http/free-port.ts';

/** How the local AWS was asked to run. */
export interface StandaloneAwsSettings {
  readonly help: boolean;
  /** A port that was asked for must be free; the default one may move. */
  readonly port: Port;
  /** The folder in which everything is kept. */
  readonly data: string;
}

export const command = 'npm run local-aws';

const defaults = { port: 4566, data: '.local-aws' } as const;

export const usage = `AWS on this machine, with a Rekognition that recognises, for any SDK. No account, no network.

  npm run local-aws -- [options]

  --port 4566        its port, on 127.0.0.1 only; 0 takes any free one
  --data .local-aws  the folder in which everything is kept
  --help             this text

The default port, if taken, moves to the next free one; one that you ask for does not.
`;

/**
 * Reads the command line.
 *
 * @throws UsageError
 */
export function readSettings(args: readonly string[]): StandaloneAwsSettings {
  const { help, port, data } = parseOptions(command, args, {
    help: { type: 'boolean', short: 'h', default: false },
    port: { type: 'string' },
    data: { type: 'string', default: defaults.data },
  });
  return { help, port: readPort(command, '--port', port, defaults.port), data };
}

import { existsSync, readFileSync } from 'node:fs';
import { parseEnv } from 'node:util';
import { checkEnvFile } from '../party/env-file.ts';
import { asCommandError } from './account/refusals.ts';
import { StoppedError, UsageError } from './errors.ts';
import { producerFile } from './home/env-file.ts';
import { openTerminal, type Terminal } from './terminal.ts';
import { type Command, usage } from './usage.text.ts';

/** What a command finds round it. */
export interface Surroundings {
  readonly terminal: Terminal;
  /** The settings of the environment, and of `.env` where the environment has none. */
  readonly settings: Readonly<Record<string, string | undefined>>;
}

/**
 * Runs a command in this process and ends it with a code: 0 when all is well, 1 when something is wrong, 2 for a
 * command line that makes no sense, 130 when the host stopped it.
 *
 * @param stopped said when the host stops it
 */
export async function runCommand<Options extends { readonly help: boolean }>(
  command: Command,
  read: (args: readonly string[]) => Options,
  run: (options: Options, surroundings: Surroundings) => Promise<number>,
  stopped = 'Nothing was changed.',
): Promise<void> {
  try {
    const options = read(process.argv.slice(2));
    if (options.help) {
      process.stdout.write(usage[command]);
      return;
    }
    process.exitCode = await run(options, { terminal: openTerminal(stopped), settings: readSettings() });
  } catch (error) {
    process.exitCode = codeOf(error);
    process.stderr.write(`${asCommandError(error).message}\n`);
  }
}

function codeOf(error: unknown): number {
  if (error instanceof UsageError) return 2;
  return error instanceof StoppedError ? 130 : 1;
}

/**
 * The environment over `.env`. `.env` is read and not loaded, and the token is taken out of the environment: this
 * process starts others (the bundler), and they get the environment.
 */
function readSettings(): Surroundings['settings'] {
  checkEnvFile('.env');
  checkEnvFile(producerFile);
  const file = existsSync('.env') ? parseEnv(readFileSync('.env', 'utf8')) : {};
  const settings = { ...file, ...process.env };
  delete process.env.BOT_TOKEN;
  // Node 20 is what this program supports; the SDK's word on its own future is not for the host.
  process.env.AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED = 'true';
  // The same word of jsii's, under the CDK.
  process.env.JSII_SILENCE_WARNING_UNTESTED_NODE_VERSION = 'true';
  process.env.JSII_SILENCE_WARNING_DEPRECATED_NODE_VERSION = 'true';
  return settings;
}

import { existsSync, readFileSync } from 'node:fs';
import { parseEnv } from 'node:util';
import { checkEnvFile } from '../party/env-file.ts';
import { asCommandError } from './account/refusals.ts';
import { StoppedError, UsageError } from './errors.ts';
import { producerFile } from './home/env-file.ts';
import type { Assemble } from './stack/toolkit.ts';
import { openTerminal, type Terminal } from './terminal.ts';
import { type CommandName, usage } from './usage.text.ts';

/** What a command finds round it. */
export interface Surroundings {
  readonly terminal: Terminal;
  /** The settings of the environment, and of `.env` where the environment has none. */
  readonly settings: Readonly<Record<string, string | undefined>>;
  /** How often CloudFormation is asked how far it is, in milliseconds. */
  readonly pollEvery: number;
  /** How the CDK's app is put together; in a process of its own if not given. */
  readonly assemble?: Assemble;
}

/** A command: how its command line is read, and what it does. */
export interface Command<Options extends { readonly help: boolean }> {
  readonly name: CommandName;
  /** @throws UsageError */
  read(args: readonly string[]): Options;
  /** @returns the code to end with: 0 when all is well, 1 when something is wrong */
  run(options: Options, surroundings: Surroundings): Promise<number>;
}

/** CloudFormation's own console asks about as often, and it is far from what the API takes. */
const pollEvery = 2000;

/** Runs a command in this process, with this process's command line, environment and terminal, and sets its exit code. */
export async function runCommand<Options extends { readonly help: boolean }>(
  command: Command<Options>,
): Promise<void> {
  process.exitCode = await execute(command, process.argv.slice(2), { terminal: openTerminal(), pollEvery });
}

/**
 * Runs a command with this process's environment. Whatever goes wrong is told at the terminal, in words.
 *
 * @returns the code to end with: 0 when all is well, 1 when something is wrong, 2 for a command line that makes no
 * sense, 130 when the host stopped it
 */
export async function execute<Options extends { readonly help: boolean }>(
  command: Command<Options>,
  args: readonly string[],
  around: Omit<Surroundings, 'settings'>,
): Promise<number> {
  const { terminal } = around;
  try {
    const options = command.read(args);
    if (!options.help) return await command.run(options, { ...around, settings: takeSettings() });
    terminal.say(usage[command.name].trimEnd());
    return 0;
  } catch (error) {
    terminal.complain(asCommandError(error).message);
    if (error instanceof UsageError) return 2;
    return error instanceof StoppedError ? 130 : 1;
  }
}

/**
 * The environment over `.env`. `.env` is read and not loaded, and the token is taken out of the environment, as is the
 * address of a webhook: this process starts others (the bundler), and they get the environment.
 */
function takeSettings(): Surroundings['settings'] {
  checkEnvFile('.env');
  checkEnvFile(producerFile);
  const file = existsSync('.env') ? parseEnv(readFileSync('.env', 'utf8')) : {};
  const settings = { ...file, ...process.env };
  delete process.env.BOT_TOKEN;
  delete process.env.ARRIVAL_WEBHOOK;
  // Node 20 is what this program supports; the SDK's word on its own future is not for the host.
  process.env.AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED = 'true';
  // The same word of jsii's, under the CDK.
  process.env.JSII_SILENCE_WARNING_UNTESTED_NODE_VERSION = 'true';
  process.env.JSII_SILENCE_WARNING_DEPRECATED_NODE_VERSION = 'true';
  return settings;
}

import assert from 'node:assert/strict';
import { devNull } from 'node:os';
import { type Command, execute } from '../../deploy/command.ts';
import * as commands from '../../deploy/commands.ts';
import { assembleHere } from './assembled.ts';
import type { Cloud } from './cloud.ts';
import { plainLambdas } from './plain-lambdas.ts';

/** How a command ended. */
export interface Ended {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** Where a command runs. */
export type Place = Pick<Cloud, 'environment' | 'folder'>;

/**
 * Runs a command in this process, in the cloud's folder, with nothing of the shell's own AWS or bot. What a process of
 * its own would do besides is in `command-process.ts`: the questions at a terminal, and how it begins and ends.
 */
export async function run(
  place: Place,
  [name = '', ...args]: readonly string[],
  env: Readonly<Record<string, string>> = {},
): Promise<Ended> {
  const said = { stdout: '', stderr: '' };
  const code = await inPlace(place, env, () =>
    perform(name, args, {
      say: (text) => {
        said.stdout += `${text}\n`;
      },
      complain: (text) => {
        said.stderr += `${text}\n`;
      },
    }),
  );
  return { code, ...said };
}

/**
 * Runs a command in this process until it has said something, and breaks it off there: what comes after is another
 * test's, and may take a minute.
 *
 * @returns what it has said so far; an error when it ends without saying that
 */
export async function runUntil(
  place: Place,
  says: RegExp,
  [name = '', ...args]: readonly string[],
  env: Readonly<Record<string, string>> = {},
): Promise<string> {
  let stdout = '';
  let stderr = '';
  let enough = false;
  const hear = (text: string): void => {
    if (enough) return;
    stdout += `${text}\n`;
    enough = says.test(stdout);
    if (enough) throw new Error('The test has heard enough.');
  };
  await inPlace(place, env, () =>
    perform(name, args, {
      say: hear,
      complain: (text) => {
        stderr += `${text}\n`;
      },
    }),
  );
  assert.ok(enough, stdout + stderr);
  return stdout;
}

/**
 * The environment of a command: the cloud's, and what a test adds. An empty text takes a variable away: LAMBDA_CACHE, and
 * the Lambdas are really built.
 */
export function environment(
  cloud: Pick<Cloud, 'environment'>,
  env: Readonly<Record<string, string>>,
): NodeJS.ProcessEnv {
  const own = Object.entries(process.env).filter(
    ([name]) => !/^(AWS_|BOT_TOKEN$|CAMERA_|ARRIVAL_)/.test(name),
  );
  const all = {
    ...Object.fromEntries(own),
    AWS_CONFIG_FILE: devNull,
    AWS_SHARED_CREDENTIALS_FILE: devNull,
    AWS_EC2_METADATA_DISABLED: 'true',
    // The CDK's own look at the template is infra's tests'; here it would be three seconds of each deployment.
    CDK_VALIDATION: 'false',
    LAMBDA_CACHE: plainLambdas(),
    ...cloud.environment,
    ...env,
  };
  return Object.fromEntries(Object.entries(all).filter(([, value]) => value !== ''));
}

/** A command without anybody to ask. */
function perform(
  name: string,
  args: readonly string[],
  ears: { readonly say: (text: string) => void; readonly complain: (text: string) => void },
): Promise<number> {
  const nobody = () => Promise.reject(new Error('There is nobody to ask.'));
  const terminal = { interactive: false, confirm: nobody, secret: nobody, text: nobody, ...ears };
  return execute(known[name]!, args, { terminal, pollEvery: 20, assemble: assembleHere });
}

const known: Readonly<Record<string, Command<{ readonly help: boolean }>>> = Object.fromEntries(
  Object.values(commands).map((command) => [command.name, command as Command<{ readonly help: boolean }>]),
);

let busy = false;

/** Does something in a place: environment and folder are the process's, so one at a time. */
async function inPlace<Result>(
  place: Place,
  env: Readonly<Record<string, string>>,
  act: () => Promise<Result>,
): Promise<Result> {
  assert.ok(!busy, 'Two commands at once in one process would share their environment.');
  busy = true;
  const before = { ...process.env };
  const folder = process.cwd();
  become(environment(place, env));
  process.chdir(place.folder);
  try {
    return await act();
  } finally {
    process.chdir(folder);
    become(before);
    busy = false;
  }
}

/** Gives this process another environment. */
function become(environment: NodeJS.ProcessEnv): void {
  for (const name of Object.keys(process.env)) if (!(name in environment)) delete process.env[name];
  Object.assign(process.env, environment);
}

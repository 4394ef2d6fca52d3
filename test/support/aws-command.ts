import { execFile, execFileSync } from 'node:child_process';
import { devNull } from 'node:os';
import { promisify } from 'node:util';
import { credentials, names } from '../../local/environment.ts';
import { AwsCommands, type CommandResult } from './aws-commands.ts';

/** Version 1 of the command is a Python package, and is run faster from within Python. */
const isPackage = succeeds('python3', [
  '-c',
  'import importlib.util, sys; sys.exit(importlib.util.find_spec("awscli.clidriver") is None)',
]);

/** A reason to skip a test that uses the `aws` command, or false when it is there. */
export const withoutAwsCommand =
  isPackage || succeeds('aws', ['--version']) ? false : 'needs the aws command';

/** The `aws` command at one endpoint. */
export interface AwsCommand {
  /** Runs a command and gives what it wrote. @throws Error with the command's own words when it failed */
  (...args: string[]): Promise<string>;
  /** The same for a command that answers in JSON. */
  json<T>(...args: string[]): Promise<T>;
  /** Runs a command that may fail. */
  attempt(...args: string[]): Promise<CommandResult>;
}

/** The environment that points any AWS client at this machine: none of the shell's own settings, and no files. */
export function localEnvironment(): NodeJS.ProcessEnv {
  const others = Object.entries(process.env).filter(([name]) => !name.startsWith('AWS_'));
  return {
    ...Object.fromEntries(others),
    AWS_ACCESS_KEY_ID: credentials.accessKeyId,
    AWS_SECRET_ACCESS_KEY: credentials.secretAccessKey,
    AWS_DEFAULT_REGION: names.region,
    AWS_CONFIG_FILE: devNull,
    AWS_SHARED_CREDENTIALS_FILE: devNull,
    AWS_PAGER: '',
    // Of the commands' own texts: the tests read them.
    LC_ALL: 'C.UTF-8',
  };
}

/** The `aws` command with `--endpoint-url` and the local credentials. */
export function awsCommand(endpoint: string, environment: NodeJS.ProcessEnv = {}): AwsCommand {
  const attempt = (...args: string[]): Promise<CommandResult> =>
    start(['--endpoint-url', endpoint, ...args], environment);
  const run = async (...args: string[]): Promise<string> => {
    const { code, stdout, stderr } = await attempt(...args);
    if (code !== 0) throw new Error(`aws ${args.join(' ')} ended with ${code}: ${stderr}${stdout}`);
    return stdout;
  };
  const json = async <T>(...args: string[]): Promise<T> => JSON.parse(await run(...args, '--output', 'json'));
  return Object.assign(run, { json, attempt });
}

let commands: Promise<AwsCommands> | undefined;

async function start(args: readonly string[], environment: NodeJS.ProcessEnv): Promise<CommandResult> {
  if (!isPackage) return await runProgram(args, environment);
  commands ??= AwsCommands.start(localEnvironment());
  return await (await commands).run(args, environment);
}

async function runProgram(args: readonly string[], environment: NodeJS.ProcessEnv): Promise<CommandResult> {
  try {
    const { stdout, stderr } = await promisify(execFile)('aws', [...args], {
      env: { ...localEnvironment(), ...environment },
      maxBuffer: 64 * 1024 * 1024,
    });
    return { code: 0, stdout, stderr };
  } catch (error) {
    const { code, stdout, stderr } = error as Error & CommandResult;
    if (typeof code !== 'number') throw error;
    return { code, stdout, stderr };
  }
}

function succeeds(program: string, args: readonly string[]): boolean {
  try {
    execFileSync(program, [...args], { stdio: 'ignore' });
    return true;
  } catch {
    return false;
  }
}

import { type ParseArgsConfig, parseArgs } from 'node:util';
import { UsageError } from './errors.ts';

/** Which house is meant: what every command can be told. */
export interface House {
  /** The stack's name. */
  readonly name: string;
  /** Where it is; by default what the environment or the AWS profile says. */
  readonly region: string | undefined;
}

/** How faces are recognised. */
export type Recognition = 'images' | 'video';

/** Mail when the account costs more than this in a month. */
export interface Budget {
  /** US dollars. */
  readonly dollars: number;
  readonly mail: string;
}

export const defaultName = 'MusicalJoy';

/** The options of a command line, unread. @throws UsageError that repeats nothing secret */
export function parse<const Options extends NonNullable<ParseArgsConfig['options']>>(
  command: string,
  args: readonly string[],
  options: Options,
) {
  try {
    return parseArgs({ args: [...args], options }).values;
  } catch (cause) {
    const { message } = cause as Error;
    // What was typed may be an address with a password, or a token: such a thing is not repeated.
    const isPlain = !/[:@/]/.test(message);
    throw usageError(command, isPlain ? message : 'Nothing but options goes on the command line', cause);
  }
}

/** CloudFormation's rule for a stack's name (CreateStack); shorter, for other names are made of it. */
const stackName = /^[A-Za-z][A-Za-z0-9-]{0,39}$/;

/** @throws UsageError */
export function readHouse(
  command: string,
  { name = defaultName, region }: { name?: string | undefined; region?: string | undefined },
): House {
  if (!stackName.test(name)) {
    throw usageError(
      command,
      `--name takes up to 40 letters, digits and hyphens, a letter first; not ${name}`,
    );
  }
  if (region !== undefined && !/^[a-z]{2}(-[a-z]+)+-\d$/.test(region)) {
    throw usageError(command, `--region takes a Region's code, such as eu-central-1; not ${region}`);
  }
  return { name, region };
}

/** @throws UsageError */
export function readRecognition(command: string, text: string | undefined): Recognition | undefined {
  if (text === undefined || text === 'images' || text === 'video') return text;
  throw usageError(command, `--recognition takes images or video, not ${text}`);
}

/** @returns undefined where nothing is said of it. @throws UsageError */
export function readBudget(text: string | undefined, mail: string | undefined): Budget | 'none' | undefined {
  if (text === undefined && mail === undefined) return undefined;
  if (text === 'none' && mail === undefined) return 'none';
  const dollars = Number(text);
  if (!(dollars > 0 && dollars < 1_000_000) || !/^[^\s@]+@[^\s@]+\.[^\s@]+$/.test(mail ?? '')) {
    const how =
      '--budget takes US dollars a month, and --budget-mail the address that gets mail: both, or --budget none';
    throw usageError('deploy', how);
  }
  return { dollars, mail: mail ?? '' };
}

/** @throws UsageError */
export function readTimeZone(timeZone: string | undefined): string | undefined {
  try {
    if (timeZone !== undefined) new Intl.DateTimeFormat('en', { timeZone });
    return timeZone;
  } catch (cause) {
    throw usageError('deploy', `--time-zone takes a name such as Europe/Vienna, not ${timeZone}`, cause);
  }
}

/** What is wrong with a command line, and where to look. */
export function usageError(command: string, message: string, cause?: unknown): UsageError {
  return new UsageError(`${message}.\nSee npm run ${command} -- --help`, { cause });
}

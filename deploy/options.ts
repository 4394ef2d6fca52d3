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

export const defaultName = 'MusicalJoy';

const everywhere = {
  name: { type: 'string' },
  region: { type: 'string' },
  help: { type: 'boolean', short: 'h', default: false },
} as const;

/** Mail when the account costs more than this in a month. */
export interface Budget {
  /** US dollars. */
  readonly dollars: number;
  readonly mail: string;
}

/** `npm run deploy`. */
export interface DeployOptions extends House {
  /** Without one it stays as it is. */
  readonly budget: Budget | 'none' | undefined;
  readonly recognition: Recognition | undefined;
  readonly timeZone: string | undefined;
  readonly takeOver: boolean;
  readonly producerKey: boolean;
  /** Arrivals are posted nowhere any more. */
  readonly noArrivalWebhook: boolean;
  /** Also while a party is on, which is ended then if its recognition goes. */
  readonly endParty: boolean;
  /** Whether `producer.env` is written for the camera's side. */
  readonly equipsProducer: boolean;
  readonly yes: boolean;
  readonly help: boolean;
}

/** @throws UsageError */
export function readDeployOptions(args: readonly string[]): DeployOptions {
  const values = parse('deploy', args, {
    ...everywhere,
    recognition: { type: 'string' },
    'time-zone': { type: 'string' },
    'take-over': { type: 'boolean', default: false },
    'producer-key': { type: 'boolean', default: false },
    'no-arrival-webhook': { type: 'boolean', default: false },
    'end-party': { type: 'boolean', default: false },
    budget: { type: 'string' },
    'budget-mail': { type: 'string' },
    yes: { type: 'boolean', short: 'y', default: false },
  });
  return {
    ...readHouse('deploy', values),
    recognition: readRecognition('deploy', values.recognition),
    timeZone: readTimeZone(values['time-zone']),
    takeOver: values['take-over'],
    producerKey: values['producer-key'],
    noArrivalWebhook: values['no-arrival-webhook'],
    endParty: values['end-party'],
    budget: readBudget(values.budget, values['budget-mail']),
    equipsProducer: true,
    yes: values.yes,
    help: values.help,
  };
}

/** `npm run sleep` and `npm run wake`. */
export interface SleepOptions extends House {
  /** Also while a party is on, which is ended then. */
  readonly endParty: boolean;
  readonly help: boolean;
}

/** @throws UsageError */
export function readSleepOptions(command: 'sleep' | 'wake', args: readonly string[]): SleepOptions {
  const own = command === 'sleep' ? { 'end-party': { type: 'boolean', default: false } as const } : {};
  const values = parse(command, args, { ...everywhere, ...own });
  return {
    ...readHouse(command, values),
    endParty: 'end-party' in values && values['end-party'] === true,
    help: values.help,
  };
}

/** `npm run doctor`. */
export interface DoctorOptions extends House {
  /** Look at this machine, and at nothing else. */
  readonly local: boolean;
  /** The data folder of the house on this machine. */
  readonly data: string;
  /** Somebody said which house on AWS is meant. */
  readonly aws: boolean;
  readonly help: boolean;
}

/** @throws UsageError */
export function readDoctorOptions(args: readonly string[]): DoctorOptions {
  const values = parse('doctor', args, {
    ...everywhere,
    local: { type: 'boolean', default: false },
    data: { type: 'string' },
  });
  const aws = values.name !== undefined || values.region !== undefined;
  const local = values.local || values.data !== undefined;
  if (aws && local)
    throw usageError('doctor', '--local and --data are for this machine, --name and --region for AWS');
  return { ...readHouse('doctor', values), local, aws, data: values.data ?? '.joy', help: values.help };
}

/** `npm run destroy`. */
export interface DestroyOptions extends House {
  /** What happens with photos, songs and pictures; asked if not given. */
  readonly pictures: 'keep' | 'delete' | undefined;
  readonly yes: boolean;
  readonly help: boolean;
}

/** @throws UsageError */
export function readDestroyOptions(args: readonly string[]): DestroyOptions {
  const values = parse('destroy', args, {
    ...everywhere,
    pictures: { type: 'string' },
    yes: { type: 'boolean', short: 'y', default: false },
  });
  const { pictures } = values;
  if (pictures !== undefined && pictures !== 'keep' && pictures !== 'delete') {
    throw usageError('destroy', `--pictures takes keep or delete, not ${pictures}`);
  }
  return { ...readHouse('destroy', values), pictures, yes: values.yes, help: values.help };
}

/** `npm run check-aws`. */
export interface CheckOptions extends House {
  readonly recognition: Recognition | undefined;
  readonly yes: boolean;
  readonly help: boolean;
}

/** @throws UsageError */
export function readCheckOptions(args: readonly string[]): CheckOptions {
  const values = parse('check-aws', args, {
    ...everywhere,
    recognition: { type: 'string' },
    yes: { type: 'boolean', short: 'y', default: false },
  });
  return {
    ...readHouse('check-aws', { ...values, name: values.name ?? `${defaultName}Check` }),
    recognition: readRecognition('check-aws', values.recognition),
    yes: values.yes,
    help: values.help,
  };
}

function parse<const Options extends NonNullable<ParseArgsConfig['options']>>(
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

function readHouse(
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

function readRecognition(command: string, text: string | undefined): Recognition | undefined {
  if (text === undefined || text === 'images' || text === 'video') return text;
  throw usageError(command, `--recognition takes images or video, not ${text}`);
}

function readBudget(text: string | undefined, mail: string | undefined): DeployOptions['budget'] {
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

function readTimeZone(timeZone: string | undefined): string | undefined {
  try {
    if (timeZone !== undefined) new Intl.DateTimeFormat('en', { timeZone });
    return timeZone;
  } catch (cause) {
    throw usageError('deploy', `--time-zone takes a name such as Europe/Vienna, not ${timeZone}`, cause);
  }
}

function usageError(command: string, message: string, cause?: unknown): UsageError {
  return new UsageError(`${message}.\nSee npm run ${command} -- --help`, { cause });
}

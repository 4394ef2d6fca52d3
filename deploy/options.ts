import {
  type Budget,
  defaultName,
  type House,
  parse,
  type Recognition,
  readBudget,
  readHouse,
  readRecognition,
  readTimeZone,
  usageError,
} from './option-values.ts';

const everywhere = {
  name: { type: 'string' },
  region: { type: 'string' },
  help: { type: 'boolean', short: 'h', default: false },
} as const;

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

/** The data folder of a house on this machine, if no other is said. */
export const usualData = '.joy';

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
  return { ...readHouse('doctor', values), local, aws, data: values.data ?? usualData, help: values.help };
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

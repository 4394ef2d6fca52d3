import type { Command } from './command.ts';
import {
  type CheckOptions,
  type DeployOptions,
  type DestroyOptions,
  type DoctorOptions,
  readCheckOptions,
  readDeployOptions,
  readDestroyOptions,
  readDoctorOptions,
  readSleepOptions,
  type SleepOptions,
} from './options.ts';

/** `npm run deploy`: makes the house, or brings it up to date. */
export const deploy: Command<DeployOptions> = {
  name: 'deploy',
  read: readDeployOptions,
  // Here and below: what a command works with is loaded only when it has something to do.
  run: async (...args) => (await import('./commands/deploy.ts')).deploy(...args),
};

/** `npm run sleep`: the house costs nothing by the hour until it is woken. */
export const sleep: Command<SleepOptions> = {
  name: 'sleep',
  read: (args) => readSleepOptions('sleep', args),
  run: async (...args) => (await import('./commands/set-asleep.ts')).setAsleep(true, ...args),
};

/** `npm run wake`: the house is ready for a party again. */
export const wake: Command<SleepOptions> = {
  name: 'wake',
  read: (args) => readSleepOptions('wake', args),
  run: async (...args) => (await import('./commands/set-asleep.ts')).setAsleep(false, ...args),
};

/** `npm run doctor`: looks at the house. */
export const doctor: Command<DoctorOptions> = {
  name: 'doctor',
  read: readDoctorOptions,
  run: async (...args) => (await import('./commands/doctor.ts')).doctor(...args),
};

/** `npm run check-aws`: tries all of it in an account, with a house of its own. */
export const checkAws: Command<CheckOptions> = {
  name: 'check-aws',
  read: readCheckOptions,
  run: async (...args) => (await import('./commands/check-aws.ts')).checkAws(...args),
};

/** `npm run destroy`: removes the house. */
export const destroy: Command<DestroyOptions> = {
  name: 'destroy',
  read: readDestroyOptions,
  run: async (...args) => (await import('./commands/destroy.ts')).destroy(...args),
};

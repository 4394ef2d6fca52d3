import { runCommand } from './command.ts';
import { readSleepOptions } from './options.ts';
import { setAsleep } from './sleep-wake.ts';

/** `npm run wake`: the house is ready for a party again. */
await runCommand(
  'wake',
  (args) => readSleepOptions('wake', args),
  (options, surroundings) => setAsleep(false, options, surroundings),
);

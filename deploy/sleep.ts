import { runCommand } from './command.ts';
import { readSleepOptions } from './options.ts';
import { setAsleep } from './sleep-wake.ts';

/** `npm run sleep`: the house costs nothing by the hour until it is woken. */
await runCommand(
  'sleep',
  (args) => readSleepOptions('sleep', args),
  (options, surroundings) => setAsleep(true, options, surroundings),
);

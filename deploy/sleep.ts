import { runCommand } from './command.ts';
import { readSleepOptions } from './options.ts';

/** `npm run sleep`: the house costs nothing by the hour until it is woken. */
await runCommand(
  'sleep',
  (args) => readSleepOptions('sleep', args),
  async (options, surroundings) => {
    const { setAsleep } = await import('./commands/set-asleep.ts');
    return setAsleep(true, options, surroundings);
  },
);

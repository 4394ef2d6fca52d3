import { runCommand } from './command.ts';
import { readSleepOptions } from './options.ts';

/** `npm run wake`: the house is ready for a party again. */
await runCommand(
  'wake',
  (args) => readSleepOptions('wake', args),
  async (options, surroundings) => {
    const { setAsleep } = await import('./commands/set-asleep.ts');
    return setAsleep(false, options, surroundings);
  },
);

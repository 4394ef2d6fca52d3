import { runCommand } from './command.ts';
import { readDoctorOptions } from './options.ts';

/** `npm run doctor`: looks at the house. What it works with is loaded only when it has something to do. */
await runCommand('doctor', readDoctorOptions, async (options, surroundings) => {
  const { doctor } = await import('./commands/doctor.ts');
  return doctor(options, surroundings);
});

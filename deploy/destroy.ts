import { runCommand } from './command.ts';
import { readDestroyOptions } from './options.ts';

/** `npm run destroy`: removes the house. What it works with is loaded only when it has something to do. */
await runCommand('destroy', readDestroyOptions, async (options, surroundings) => {
  const { destroy } = await import('./commands/destroy.ts');
  return destroy(options, surroundings);
});

import { runCommand } from './command.ts';
import { readDeployOptions } from './options.ts';

/** `npm run deploy`: makes the house, or brings it up to date. What it works with is loaded only when it has something to do. */
await runCommand('deploy', readDeployOptions, async (options, surroundings) => {
  const { deploy } = await import('./commands/deploy.ts');
  return deploy(options, surroundings);
});

import { runCommand } from './command.ts';
import { destroy } from './commands.ts';

await runCommand(destroy);

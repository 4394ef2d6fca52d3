import { runCommand } from './command.ts';
import { sleep } from './commands.ts';

await runCommand(sleep);

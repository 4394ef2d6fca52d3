import { runCommand } from './command.ts';
import { checkAws } from './commands.ts';

await runCommand(checkAws);

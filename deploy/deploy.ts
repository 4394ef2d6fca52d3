import { runCommand } from './command.ts';
import { deploy } from './commands.ts';

await runCommand(deploy);

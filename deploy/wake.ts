import { runCommand } from './command.ts';
import { wake } from './commands.ts';

await runCommand(wake);

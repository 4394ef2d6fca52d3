import { runCommand } from './command.ts';
import { doctor } from './commands.ts';

await runCommand(doctor);

import { existsSync } from 'node:fs';
import path from 'node:path';
import { parseOptions } from '../command-line/options.ts';
import { fail } from '../command-line/terminal.ts';
import { defaults } from '../settings.ts';
import { repairText } from './repair.text.ts';

/** `npm run doctor -- --repair`: repairs the data folder of the house on this machine, and says what it did. */
async function main(): Promise<void> {
  const { data, help } = parseOptions('npm run doctor', process.argv.slice(2), {
    repair: { type: 'boolean', default: true },
    local: { type: 'boolean', default: true },
    data: { type: 'string', default: defaults.data },
    help: { type: 'boolean', short: 'h', default: false },
  });
  if (help) {
    process.stdout.write(repairText.usage);
    return;
  }
  // Faces are described anew by the engine that the house has.
  if (existsSync('.env')) process.loadEnvFile('.env');
  console.log(repairText.begin(data));
  // Loaded only now: `--help` and a wrong option should not wait for the engine's libraries.
  const { repairHouse } = await import('./repair.ts');
  let told = 0;
  await repairHouse({
    folder: path.resolve(data),
    tell: (message) => {
      told++;
      console.log(message);
    },
    onProgress: atMostEachSecond((done, all) => console.log(repairText.progress(done, all))),
  });
  console.log(told === 0 ? repairText.nothing : repairText.done);
  process.exit(0);
}

/** What is done within a second says nothing of its progress. */
function atMostEachSecond(tell: (done: number, all: number) => void): (done: number, all: number) => void {
  let last = Date.now();
  return (done, all) => {
    if (Date.now() - last < 1000) return;
    last = Date.now();
    tell(done, all);
  };
}

main().catch(fail);

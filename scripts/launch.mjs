/**
 * Runs a command: installs what is missing, then runs the command's program in this very process, so that signals, the
 * exit code and the end of the process need no passing on. It runs before any package is there, so it is plain
 * JavaScript and needs none.
 */
import { fileURLToPath, pathToFileURL } from 'node:url';
import { programs } from './build/programs.mjs';
import { builtProgram } from './build/ready.mjs';
import { beginFrugally } from './less-memory.mjs';
import { ensurePackages, root } from './packages.mjs';

/**
 * Each command's program, from the project's folder. `dev` says that it needs what only tests, benchmarks and the
 * deployment use: half of all packages, so whoever only runs the house does not wait for them.
 */
const commands = {
  start: { program: 'local/start.ts', dev: false },
  producer: { program: 'producer/main.ts', dev: false },
  camera: { program: 'producer/try-camera/main.ts', dev: false },
  calibrate: { program: 'vision/calibrate/main.ts', dev: false },
  'local-aws': { program: 'local/standalone-aws/main.ts', dev: false },
  dev: { program: 'scripts/dev.ts', dev: false },
  deploy: { program: 'deploy/deploy.ts', dev: true },
  sleep: { program: 'deploy/sleep.ts', dev: true },
  wake: { program: 'deploy/wake.ts', dev: true },
  doctor: { program: 'deploy/doctor.ts', dev: false },
  destroy: { program: 'deploy/destroy.ts', dev: true },
  'check-aws': { program: 'deploy/check-aws.ts', dev: true },
  test: { program: 'scripts/test/main.ts', dev: true },
  bench: { program: 'bench/main.ts', dev: true },
  picture: { program: 'scripts/picture/main.ts', dev: true },
  'producer-packages': { program: 'scripts/producer-packages.ts', dev: false },
};

const [name = '', ...args] = process.argv.slice(2);
if (!Object.hasOwn(commands, name)) {
  console.error(`There is no command "${name}". There are: ${Object.keys(commands).join(', ')}.`);
  process.exit(2);
}
/** A data folder is repaired by the house's own code; a house on AWS, if one is named, is looked at with all packages. */
const repair = { program: 'local/repair/main.ts', dev: false };
const namesAws = args.some((option) => /^--(name|region)\b/.test(option));
const doctor = args.includes('--repair') ? repair : { ...commands.doctor, dev: namesAws };
const { program, dev } = name === 'doctor' ? doctor : commands[name];
const file = new URL(program, pathToFileURL(root));

// The others are over soon.
if (programs.includes(program)) beginFrugally();
await ensurePackages({ dev });
// The program finds its options where it would find them if it were run by itself.
process.argv = [process.execPath, fileURLToPath(file), ...args];
const built = await builtProgram(root, program);
if (built) {
  await import(pathToFileURL(built).href);
} else {
  const { register } = await import('tsx/esm/api');
  register();
  await import(file.href);
}

import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { chmod, mkdir, readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { inTurn } from '../folder-lock.ts';
import { nodeArguments } from '../node-arguments.ts';
import type { Template } from './template.ts';

const root = fileURLToPath(new URL('../../../', import.meta.url));

/** Apart from the Lambdas that are deployed, for what lies beside those is another machine's. */
const lambdaCache = path.join(root, 'node_modules/.cache/musical-joy/lambdas-of-this-machine');

/** A stack as the CDK puts it together: the template, and what is uploaded of each Lambda. */
export interface SynthesizedStack {
  readonly template: Template;
  /** The folder that a function runs from, by its `S3Key`. */
  code(s3Key: string): string;
}

/**
 * Synthesizes the CDK app with its bundles, as `npx cdk synth` does, but for one thing: sharp is not installed for the
 * processor that Lambda has, it is the one of this machine, for here the bundles are run.
 *
 * @param folder where all of it is put; outside the project, so that a bundle finds nothing that is not in it
 * @param context the app's, such as `{ recognition: 'video' }`
 */
export async function synthesize(folder: string, context: object): Promise<SynthesizedStack> {
  const out = path.join(folder, 'cdk.out');
  const commands = path.join(folder, 'commands');
  await mkdir(commands, { recursive: true });
  await writeFile(path.join(commands, 'npm'), npm);
  await chmod(path.join(commands, 'npm'), 0o755);
  await mkdir(lambdaCache, { recursive: true });
  // Two evenings that begin side by side build the same: the second one finds what the first has built.
  await inTurn(lambdaCache, () => runApp(out, context, commands));
  const template = await readFile(path.join(out, 'MusicalJoy.template.json'), 'utf8');
  return {
    template: JSON.parse(template) as Template,
    code: (s3Key) => path.join(out, `asset.${path.basename(s3Key, '.zip')}`),
  };
}

/** @param commands a folder with commands that are found before this machine's */
async function runApp(out: string, context: object, commands: string): Promise<void> {
  const { execArgv, file } = nodeArguments(path.join(root, 'infra/app.ts'));
  const child = spawn(process.execPath, [...execArgv, file], {
    cwd: root,
    env: {
      ...process.env,
      CDK_OUTDIR: out,
      CDK_CONTEXT_JSON: JSON.stringify(context),
      CDK_VALIDATION: 'false',
      LAMBDA_CACHE: lambdaCache,
      PATH: `${commands}:${process.env.PATH}`,
    },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let output = '';
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (text) => (output += text));
  const [code] = await once(child, 'close');
  if (code !== 0) throw new Error(`The stack was not synthesized:\n${output}`);
}

/** In the place of npm: what the folder's package.json asks for, and what that needs in turn, is this project's. */
const npm = `#!${process.execPath}
const { existsSync, mkdirSync, readFileSync, symlinkSync } = require('node:fs');
const { dirname, resolve } = require('node:path');
const read = (folder) => JSON.parse(readFileSync(folder + '/package.json', 'utf8'));
const take = ({ dependencies = {}, optionalDependencies = {} }) => {
  for (const name of Object.keys({ ...dependencies, ...optionalDependencies })) {
    const from = ${JSON.stringify(root)} + 'node_modules/' + name;
    const to = resolve('node_modules', name);
    if (existsSync(to) || !existsSync(from)) continue;
    mkdirSync(dirname(to), { recursive: true });
    symlinkSync(from, to);
    take(read(from));
  }
};
take(read('.'));
`;

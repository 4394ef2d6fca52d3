import { execFileSync, execSync } from 'node:child_process';
import { copyFileSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { buildSync } from 'esbuild';
import { bundledInOneFile, bundledInParts, root } from './bundling.ts';

/** A Lambda, and what its code is made of. */
export interface LambdaSource {
  /** The file's name in lambdas/. */
  readonly name: string;
  /** What lies beside its bundle, which then is one file. */
  readonly beside?: Beside | undefined;
}

/** What is no part of a bundle and goes along with it. */
export interface Beside {
  /** Packages with native code: npm installs them for where they run, and not for where they are built. */
  readonly packages?: readonly string[];
  /**
   * A program of this project, by its path, that puts something there; and into which folder, by default the bundle's
   * own.
   */
  readonly program: readonly [file: string, folder?: string];
}

/**
 * Builds a Lambda into a folder that is there, with the esbuild and the npm of this machine, and without Docker.
 *
 * @throws Error when one of them fails; what it had to say is on the error output
 */
export function buildLambda({ name, beside }: LambdaSource, folder: string): void {
  const { packages = [], program } = beside ?? {};
  buildSync({
    ...(beside ? bundledInOneFile : bundledInParts),
    entryPoints: [`lambdas/${name}.ts`],
    external: [...packages],
    outdir: folder,
  });
  if (packages.length > 0) install(packages, folder);
  if (program) run(program, folder);
}

/** Where Lambda runs (infra/functions/party-function.ts), as npm calls it. */
const forLambda = {
  npm_config_os: 'linux',
  npm_config_cpu: 'arm64',
  npm_config_libc: 'glibc',
  npm_config_ignore_scripts: 'true',
  npm_config_audit: 'false',
  npm_config_fund: 'false',
} as const;

/** Installs packages in the versions that this project has of them and of all that they need. */
function install(packages: readonly string[], folder: string): void {
  const { dependencies } = JSON.parse(readFileSync(path.join(root, 'package.json'), 'utf8')) as {
    readonly dependencies: Readonly<Record<string, string>>;
  };
  const wanted = Object.fromEntries(packages.map((name) => [name, dependencies[name]]));
  writeFileSync(path.join(folder, 'package.json'), JSON.stringify({ dependencies: wanted }));
  copyFileSync(path.join(root, 'package-lock.json'), path.join(folder, 'package-lock.json'));
  // By a shell, for on Windows npm is a script.
  execSync('npm ci', { cwd: folder, env: { ...process.env, ...forLambda }, stdio });
}

function run([file, within = '']: Beside['program'], folder: string): void {
  const args = ['--import', 'tsx', path.join(root, file), path.join(folder, within)];
  execFileSync(process.execPath, args, { cwd: root, stdio });
}

/** The output of a CDK app is the CDK's own. */
const stdio: ['ignore', NodeJS.WriteStream, 'inherit'] = ['ignore', process.stderr, 'inherit'];

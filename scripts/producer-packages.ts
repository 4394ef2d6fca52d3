/**
 * `npm run producer-packages`: writes into producer/package.json and its lock, for the packages named there, the
 * versions that the project itself is locked to. To be run after those have changed; a test holds the two equal.
 */
import { spawnSync } from 'node:child_process';
import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { root } from './packages.mjs';

/** The kinds of dependencies that the producer's manifest has. */
const kinds = ['dependencies', 'optionalDependencies', 'devDependencies'] as const;

type Manifest = { readonly name: string } & Record<(typeof kinds)[number], Record<string, string>>;
interface Lock {
  readonly packages: Readonly<Record<string, { readonly version: string }>>;
}

const read = (file: string): unknown => JSON.parse(readFileSync(path.join(root, file), 'utf8'));
const write = (file: string, value: unknown): void =>
  writeFileSync(path.join(root, file), `${JSON.stringify(value, null, 2)}\n`);

const locked = read('package-lock.json') as Lock;
const manifest = read('producer/package.json') as Manifest;
for (const kind of kinds) {
  for (const name of Object.keys(manifest[kind])) {
    const entry = locked.packages[`node_modules/${name}`];
    if (entry === undefined) fail(`${name} is not in package-lock.json: add it to the project first.`);
    manifest[kind][name] = entry.version;
  }
}
write('producer/package.json', manifest);

// npm begins with the project's whole lock, so that it chooses no version of its own, and strikes out the rest.
const { name, ...described } = manifest;
write('producer/package-lock.json', {
  ...locked,
  name,
  version: undefined,
  packages: { ...locked.packages, '': { name, ...described } },
});
rmSync(path.join(root, 'producer/node_modules'), { recursive: true, force: true });
const npm = spawnSync('npm', ['install', '--package-lock-only', '--ignore-scripts'], {
  cwd: path.join(root, 'producer'),
  stdio: 'inherit',
  shell: process.platform === 'win32',
});
if (npm.status !== 0) fail('npm could not write the lock.');

function fail(message: string): never {
  console.error(message);
  process.exit(1);
}

import { existsSync } from 'node:fs';
import { mkdir, mkdtemp, readdir, rename, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { emptyFolder } from '../folder.ts';
import { command } from '../image/command.ts';
import { addNode, addPackageManager, makeSlim } from '../image/debian.ts';
import { reachRegistry } from '../image/registry-reach.ts';
import { functionsNode } from '../stack/functions-node.ts';
import { dockerCache } from './cache.ts';
import type { DockerEngine } from './engine.ts';

const suite = 'trixie';

/**
 * Gives an engine the two images that the producer's Dockerfile begins with, under their own names, made on this machine
 * in place of a registry's: Debian by debootstrap, and on top of it Node 24 and npm. What the second needs to reach
 * npm's registry from here is in it too; no file of it but Node goes on into the producer's image.
 */
export async function makeBaseImages({ docker }: Pick<DockerEngine, 'docker'>): Promise<void> {
  const debian = `debian:${suite}-slim`;
  await docker('import', await debianArchive(), debian);
  const context = await emptyFolder();
  const tree = path.join(context, 'tree');
  await addNode(tree, functionsNode);
  await addPackageManager(tree);
  const env = await reachRegistry(tree, '/usr/local/authorities.pem');
  const settings = Object.entries(env).map(([name, value]) => `ENV ${name}=${JSON.stringify(value)}\n`);
  await writeFile(path.join(context, 'Dockerfile'), `FROM ${debian}\nCOPY tree /\n${settings.join('')}`);
  await docker('build', '--quiet', '--tag', `node:24-${suite}-slim`, context);
}

/** Debian's tree as an archive, kept for a month: after that it would lack Debian's corrections. */
async function debianArchive(): Promise<string> {
  await mkdir(dockerCache, { recursive: true });
  const month = new Date().toISOString().slice(0, 'YYYY-MM'.length);
  const name = `debian-${suite}-${process.arch}-${month}.tar`;
  const file = path.join(dockerCache, name);
  if (existsSync(file)) return file;
  const draft = await mkdtemp(path.join(dockerCache, 'making-'));
  try {
    const tree = path.join(draft, 'tree');
    await command('debootstrap', ['--variant=minbase', suite, tree]);
    await makeSlim(tree);
    await command('tar', ['--create', '--file', path.join(draft, name), '--directory', tree, '.']);
    await rename(path.join(draft, name), file);
  } finally {
    await rm(draft, { recursive: true, force: true });
  }
  for (const other of await readdir(dockerCache))
    if (/^debian-.*\.tar$/.test(other) && other !== name) await rm(path.join(dockerCache, other));
  return file;
}

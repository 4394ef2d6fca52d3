import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { cp, mkdir, rename, rm, symlink } from 'node:fs/promises';
import path from 'node:path';
import { command } from './command.ts';

/** Where npm lies beside this Node, whichever way that was installed. */
const npm = [
  process.env.npm_execpath,
  path.join(process.execPath, '../../lib/node_modules/npm/bin/npm-cli.js'),
]
  .filter((file) => file !== undefined)
  .find((file) => /npm-cli\.c?js$/.test(file) && existsSync(file));

/** A reason to skip a test that makes images without Docker, or false when this machine can. */
export const withoutDebianTrees = whyNot();

function whyNot(): string | false {
  if (process.platform !== 'linux' || process.getuid?.() !== 0) return 'needs Linux and root, for chroot';
  const has = (program: string, ...args: string[]) =>
    spawnSync(program, args, { stdio: 'ignore' }).status === 0;
  if (!has('debootstrap', '--version')) return 'needs debootstrap (Debian: debootstrap)';
  if (!has('unshare', '--mount', '--pid', '--fork', 'mount', '-t', 'tmpfs', 'none', '/mnt')) {
    return 'needs to mount in a namespace of its own (in Docker: --privileged)';
  }
  return npm === undefined ? 'needs npm beside this Node' : false;
}

/**
 * The tree of `debian:<suite>-slim`, near enough: Debian's required packages, unpacked by debootstrap.
 * (Unpacked and not configured: nothing in the image uses what that would add, and it takes twice as long.)
 *
 * @param folder where it is put; taken as it is when it is there
 */
export async function makeDebian(suite: string, folder: string): Promise<void> {
  if (existsSync(folder)) return;
  await mkdir(path.dirname(folder), { recursive: true });
  const draft = `${folder}.draft`;
  await rm(draft, { recursive: true, force: true });
  await command('debootstrap', ['--variant=minbase', '--foreign', suite, draft]);
  // What Docker mounts, and debootstrap may have linked to this machine's.
  for (const place of ['proc', 'sys']) {
    await rm(path.join(draft, place), { recursive: true, force: true });
    await mkdir(path.join(draft, place));
  }
  await rename(draft, folder);
}

/** Puts this machine's Node, and its npm, where the image `node:<version>-<suite>-slim` has them. */
export async function addNode(tree: string): Promise<void> {
  const local = path.join(tree, 'usr/local');
  await mkdir(path.join(local, 'lib/node_modules'), { recursive: true });
  await mkdir(path.join(local, 'bin'), { recursive: true });
  await cp(process.execPath, path.join(local, 'bin/node'), { dereference: true });
  await cp(path.join(npm!, '../..'), path.join(local, 'lib/node_modules/npm'), { recursive: true });
  await symlink('../lib/node_modules/npm/bin/npm-cli.js', path.join(local, 'bin/npm'));
}

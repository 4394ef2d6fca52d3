import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdir, rm, symlink } from 'node:fs/promises';
import path from 'node:path';
import { builderKey } from './builder-key.ts';
import { command } from './command.ts';
import { unpackKept } from './kept.ts';

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

/** What `debian:<suite>-slim` leaves out too, and what debootstrap leaves behind. */
const leftOut = [
  'usr/share/doc',
  'usr/share/man',
  'usr/share/locale',
  'usr/share/info',
  'var/cache/apt',
  'debootstrap',
];

/**
 * Unpacks the tree of `debian:<suite>-slim`, near enough: Debian's required packages, as debootstrap unpacks them.
 * (Unpacked and not configured: nothing in the image uses what that would add, and it takes twice as long.) It is kept
 * for a month: fetching it takes longest.
 */
export async function unpackDebian(suite: string, tree: string): Promise<void> {
  const kept = { name: `debian-${suite}`, key: `${process.arch}-${await builderKey()}`, parts: ['/'] };
  await once(kept.name, () => unpackKept(kept, tree, (folder) => makeDebian(suite, folder)));
}

/** Several stages begin with one Debian: the first fetches it, the others wait and find it kept. */
const underway = new Map<string, Promise<void>>();
async function once(name: string, unpack: () => Promise<void>): Promise<void> {
  const before = underway.get(name);
  const mine = before ? before.then(unpack) : unpack();
  if (!before) underway.set(name, mine);
  await mine;
}

async function makeDebian(suite: string, tree: string): Promise<void> {
  await command('debootstrap', ['--variant=minbase', '--foreign', suite, tree]);
  await makeSlim(tree);
}

/** Takes from a tree of debootstrap's what the image has not. */
export async function makeSlim(tree: string): Promise<void> {
  // What Docker mounts, and debootstrap may have linked to this machine's.
  for (const place of [...leftOut, 'proc', 'sys'])
    await rm(path.join(tree, place), { recursive: true, force: true });
  for (const place of ['proc', 'sys']) await mkdir(path.join(tree, place));
}

/** Puts a Node, this one if not another is named, where the image `node:<version>-<suite>-slim` has it. */
export async function addNode(tree: string, node: string = process.execPath): Promise<void> {
  const bin = path.join(tree, 'usr/local/bin');
  await mkdir(bin, { recursive: true });
  await command('cp', ['--dereference', '--reflink=auto', node, path.join(bin, 'node')]);
  const places = [path.join(node, '../../LICENSE'), ...licencesOfDebiansNode];
  const licence = places.find((file) => existsSync(file));
  if (!licence) throw new Error(`Node's licence is at none of these places: ${places.join(', ')}`);
  await command('cp', ['--dereference', licence, path.join(tree, 'usr/local/LICENSE')]);
}

/** Where it lies in Debian's package; in Node's own archive it lies beside the program. */
const licencesOfDebiansNode = ['/usr/share/doc/nodejs/LICENSE', '/usr/share/doc/nodejs/copyright'];

/** Puts this machine's npm where the same image has it. */
export async function addPackageManager(tree: string): Promise<void> {
  const local = path.join(tree, 'usr/local');
  await mkdir(path.join(local, 'lib/node_modules'), { recursive: true });
  await command('cp', [
    '--recursive',
    '--dereference',
    path.join(npm!, '../..'),
    path.join(local, 'lib/node_modules/npm'),
  ]);
  await symlink('../lib/node_modules/npm/bin/npm-cli.js', path.join(local, 'bin/npm'));
}

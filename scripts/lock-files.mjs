import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';

/**
 * The packages that this computer is to have: package-lock.json names those of all systems.
 *
 * @param {string} root the project's folder
 * @param {boolean} dev also those that only tests, benchmarks and the deployment need
 * @returns {string[] | undefined} their folders, from the project's; undefined when the lock file cannot be read
 */
export function wantedFolders(root, dev) {
  const wanted = readLock(path.join(root, 'package-lock.json'));
  return (
    wanted &&
    Object.entries(wanted)
      .filter(([folder, entry]) => folder !== '' && (dev || !entry.dev) && isForThisSystem(entry))
      .map(([folder]) => folder)
  );
}

/** How many of these folders are there already. */
export const countInstalled = (root, folders) =>
  folders.filter((folder) => existsSync(path.join(root, folder, 'package.json'))).length;

/** Whether npm has ever finished an install here. */
export const isInstalled = (root) => readLock(installedLock(root)) !== undefined;

/**
 * How node_modules differs from package-lock.json, in words; undefined if it does not. npm writes
 * node_modules/.package-lock.json when an install is complete, so that a broken-off one is noticed too.
 */
export function whatDiffers(root, dev) {
  const wanted = readLock(path.join(root, 'package-lock.json'));
  if (wanted === undefined) return 'package-lock.json is missing or broken';
  const installed = readLock(installedLock(root));
  if (installed === undefined) return 'none are installed yet';
  for (const [place, entry] of Object.entries(wanted)) {
    if (place === '') continue; // the project itself
    if (entry.dev && !dev) continue;
    const found = installed[place];
    // Packages for other systems are in the lock and never installed.
    if (found === undefined && (entry.optional || entry.devOptional)) continue;
    const name = place.slice(place.lastIndexOf('node_modules/') + 'node_modules/'.length);
    if (found === undefined) return `${name} is not installed`;
    if (found.version !== entry.version || found.integrity !== entry.integrity) {
      return `${name} is installed as ${found.version}, wanted is ${entry.version}`;
    }
  }
  return undefined;
}

const installedLock = (root) => path.join(root, 'node_modules/.package-lock.json');

function readLock(file) {
  try {
    return JSON.parse(readFileSync(file, 'utf8')).packages;
  } catch {
    return undefined;
  }
}

/** As npm reads `os`, `cpu` and `libc` of a package; which C library this is shows in the files of Alpine alone. */
function isForThisSystem({ os, cpu, libc }) {
  const ownLibc = existsSync('/etc/alpine-release') ? 'musl' : 'glibc';
  return (
    allows(os, process.platform) &&
    allows(cpu, process.arch) &&
    (process.platform !== 'linux' || allows(libc, ownLibc))
  );
}

function allows(list, own) {
  if (list === undefined) return true;
  return list.includes(own) || (list.every((one) => one.startsWith('!')) && !list.includes(`!${own}`));
}

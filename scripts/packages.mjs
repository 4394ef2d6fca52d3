import { readdirSync, rmSync, statfsSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { countInstalled, isInstalled, wantedFolders, whatDiffers } from './lock-files.mjs';
import { npmCi } from './npm-ci.mjs';
import { showProgress } from './progress-line.mjs';

/** The project's folder. */
export const root = fileURLToPath(new URL('../', import.meta.url));

/** Megabytes on Linux, x64: what npm fetches when it has nothing in its cache, and what stands on the disk then. */
const sizes = { house: { fetched: 270, installed: 640 }, all: { fetched: 480, installed: 1600 } };

/**
 * Makes sure that the packages of package-lock.json are installed, and installs them if not. Every command calls it
 * first, so it needs no package itself. On failure it says why and ends the process with code 1.
 *
 * @param {{ dev: boolean }} what with `dev`, also the packages that only tests, benchmarks and the deployment
 *   need: half of all, so a host who only runs the house does not wait for them
 */
export async function ensurePackages({ dev }) {
  const difference = whatDiffers(root, dev);
  if (difference === undefined) return keepOwnPlatform();
  const folders = wantedFolders(root, dev);
  if (folders === undefined)
    fail('package-lock.json is missing or broken: take it from the repository again.');
  const size = dev ? sizes.all : sizes.house;
  const lack = isInstalled(root) ? undefined : lackOfSpace(size, freeMegabytes(root));
  if (lack !== undefined) fail(lack);
  console.log(
    `Fetching some ${Math.round(folders.length / 10) * 10} packages into node_modules (${difference}): up to ${size.fetched} MB from npm, once. It takes about a minute.`,
  );
  const startedAt = performance.now();
  const endProgress = showProgress(() => countInstalled(root, folders), folders.length);
  const { code, output } = await npmCi(root, dev);
  endProgress();
  const stillDiffers = code === 0 ? whatDiffers(root, dev) : undefined;
  if (code === 0 && stillDiffers === undefined) {
    keepOwnPlatform();
    console.log(`Fetched in ${Math.round((performance.now() - startedAt) / 1000)} s.`);
    return;
  }
  process.stderr.write(output);
  if (stillDiffers !== undefined)
    fail(`npm ci ended well, but ${stillDiffers}. Delete node_modules and try again.`);
  fail(whyNot(output));
}

/** What to say of an install that failed, by what npm printed. */
export function whyNot(output) {
  if (/ENOTFOUND|EAI_AGAIN|ECONNREFUSED|ECONNRESET|ETIMEDOUT|ENETUNREACH|EHOSTUNREACH/.test(output))
    return 'The packages could not be fetched: npm cannot reach its registry. Check the network, then try again.';
  if (/ENOSPC/.test(output))
    return 'The packages could not be installed: the disk is full. Make room, then try again.';
  return 'The packages could not be installed: npm ci failed as shown above.';
}

/**
 * Whether the disk is too small, in words; undefined if it is not.
 *
 * @param {{ fetched: number, installed: number }} size megabytes; npm keeps what it fetched beside what it installs
 * @param {number} free megabytes
 */
export function lackOfSpace({ fetched, installed }, free) {
  const needed = fetched + installed;
  if (free >= needed) return undefined;
  return `The disk has ${Math.floor(free)} MB free, and installing takes ${needed} MB. Make room, then try again.`;
}

/** A disk that does not say how full it is (some network drives) counts as empty. */
function freeMegabytes(folder) {
  try {
    const { bavail, bsize } = statfsSync(folder);
    return (bavail * bsize) / 1_000_000;
  } catch {
    return Number.POSITIVE_INFINITY;
  }
}

/**
 * Removes what onnxruntime-node brings for other systems than this one: 240 MB of the 630 that are installed. Nothing
 * depends on it: where it does not succeed, it only takes up room.
 *
 * @param {string} [packages] the folder of the packages
 */
export function keepOwnPlatform(packages = path.join(root, 'node_modules')) {
  try {
    const bin = path.join(packages, 'onnxruntime-node/bin');
    for (const napi of readdirSync(bin)) {
      const systems = readdirSync(path.join(bin, napi)).flatMap((system) =>
        readdirSync(path.join(bin, napi, system)).map((cpu) => path.join(system, cpu)),
      );
      const own = path.join(process.platform, process.arch);
      if (!systems.includes(own)) continue;
      for (const other of systems.filter((system) => system !== own))
        rmSync(path.join(bin, napi, other), { recursive: true, force: true });
    }
  } catch {
    // The package is built in another way, or may not be changed.
  }
}

function fail(message) {
  console.error(message);
  process.exit(1);
}

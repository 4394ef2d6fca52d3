import { spawn } from 'node:child_process';
import { readdirSync, readFileSync, rmSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

/** The project's folder. */
export const root = fileURLToPath(new URL('../', import.meta.url));

const oldestNode = [20, 19];

/**
 * Makes sure that this Node will do and that the packages of package-lock.json are installed, and installs them
 * if not. Every command calls it first, so it needs no package itself. On failure it says why and ends the
 * process with code 1.
 *
 * @param {{ dev: boolean }} what with `dev`, also the packages that only tests, benchmarks and the deployment
 *   need: half of all, so a host who only runs the house does not wait for them
 */
export async function ensurePackages({ dev }) {
  const [major, minor] = process.versions.node.split('.').map(Number);
  if (major < oldestNode[0] || (major === oldestNode[0] && minor < oldestNode[1])) {
    fail(
      `Musical Joy needs Node ${oldestNode.join('.')} or later; this is ${process.versions.node}. See https://nodejs.org.`,
    );
  }
  const difference = whatDiffers(dev);
  if (difference === undefined) return keepOwnPlatform();
  console.log(`Installing packages with npm ci (${difference}); the first time takes about a minute.`);
  const { code, output } = await npmCi(dev);
  const stillDiffers = code === 0 ? whatDiffers(dev) : undefined;
  if (code === 0 && stillDiffers === undefined) return keepOwnPlatform();
  process.stderr.write(output);
  if (stillDiffers !== undefined)
    fail(`npm ci ended well, but ${stillDiffers}. Delete node_modules and try again.`);
  if (/ENOTFOUND|EAI_AGAIN|ECONNREFUSED|ECONNRESET|ETIMEDOUT|ENETUNREACH|EHOSTUNREACH/.test(output)) {
    fail(
      'The packages could not be fetched: npm cannot reach its registry. Check the network, then try again.',
    );
  }
  fail('The packages could not be installed: npm ci failed as shown above.');
}

/**
 * How node_modules differs from package-lock.json, in words; undefined if it does not. npm writes
 * node_modules/.package-lock.json when an install is complete, so that a broken-off one is noticed too.
 */
function whatDiffers(dev) {
  const wanted = readLock('package-lock.json');
  if (wanted === undefined)
    fail('package-lock.json is missing or broken: take it from the repository again.');
  const installed = readLock('node_modules/.package-lock.json');
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

function readLock(file) {
  try {
    return JSON.parse(readFileSync(new URL(file, new URL('../', import.meta.url)), 'utf8')).packages;
  } catch {
    return undefined;
  }
}

/** Runs `npm ci` and keeps what it prints. A signal ends npm, and then this process. */
function npmCi(dev) {
  // Under `npm start` this is that npm's own file; else npm is found on the path, on Windows as npm.cmd.
  const npm = process.env.npm_execpath;
  const isFile = npm?.endsWith('.js');
  // Said either way: NODE_ENV=production would leave out what the tests need.
  const options = ['ci', dev ? '--include=dev' : '--omit=dev'];
  const child = isFile
    ? spawn(process.execPath, [npm, ...options], { cwd: root, stdio: ['ignore', 'pipe', 'pipe'] })
    : spawn('npm', options, {
        cwd: root,
        stdio: ['ignore', 'pipe', 'pipe'],
        shell: process.platform === 'win32',
      });
  // Not asked but killed: npm would take half a minute to tidy up, and a broken-off install is noticed next time.
  const end = () => {
    child.kill('SIGKILL');
    process.exit(1);
  };
  const signals = ['SIGINT', 'SIGTERM', 'SIGHUP'];
  for (const signal of signals) process.on(signal, end);
  let output = '';
  for (const stream of [child.stdout, child.stderr])
    stream.setEncoding('utf8').on('data', (text) => (output += text));
  return new Promise((resolve) => {
    const settle = (code, more = '') => {
      for (const signal of signals) process.off(signal, end);
      resolve({ code, output: output + more });
    };
    child.on('error', (error) => settle(1, `npm could not be started: ${error.message}\n`));
    child.on('close', (code) => settle(code ?? 1));
  });
}

function fail(message) {
  console.error(message);
  process.exit(1);
}

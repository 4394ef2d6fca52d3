import { spawn } from 'node:child_process';
import {
  chmodSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { buildsOf, edition, programs } from './programs.mjs';

/** Builds take seconds. One that has not ended by then, milliseconds, never does. */
const patience = 2 * 60_000;

/** A folder of a build that is under way; the builder was ended if it is still there after an hour. */
const unfinished = 'unfinished-';
const hour = 60 * 60_000;

/** The file in a build's folder by which a process says that it runs from there. */
const user = 'used-by-';

/**
 * A program of the project's as JavaScript: what was built before, if that is what the sources are now, or built anew.
 *
 * @param {string} root the project's folder
 * @param {string} program its source, from there
 * @returns {Promise<string | undefined>} its path; undefined where it is no such program, or cannot be built or kept
 */
export async function builtProgram(root, program) {
  if (!programs.includes(program)) return undefined;
  try {
    const builds = buildsOf(root);
    const name = edition(root);
    const folder = path.join(builds, name);
    if (!existsSync(folder)) await build(root, builds, folder, () => edition(root) === name);
    use(folder);
    const built = path.join(folder, program.replace(/\.ts$/, '.js'));
    return existsSync(built) ? built : undefined;
  } catch {
    // It can be read from its sources, too. If it is these that are broken, whoever reads them says so.
    return undefined;
  }
}

/**
 * Whoever finds the folder finds it whole: it gets its name at the end.
 *
 * @param {() => boolean} isTrue whether the name is still that of the sources: they may be saved meanwhile
 */
async function build(root, builds, folder, isTrue) {
  mkdirSync(builds, { recursive: true });
  removeUnused(builds);
  const here = mkdtempSync(path.join(builds, unfinished));
  try {
    await run([
      '--import',
      import.meta.resolve('tsx'),
      fileURLToPath(new URL('main.ts', import.meta.url)),
      root,
      here,
      folder,
    ]);
    if (!isTrue()) throw new Error('The sources were changed meanwhile.');
    // Somebody else may start the house than who installed it.
    chmodSync(here, 0o755);
    renameSync(here, folder);
  } catch (error) {
    rmSync(here, { recursive: true, force: true });
    // Another start may have built the same meanwhile.
    if (!existsSync(folder)) throw error;
  }
}

/** @param {string[]} args node's */
function run(args) {
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, args, {
      stdio: 'ignore',
      timeout: patience,
      killSignal: 'SIGKILL',
    });
    child.on('error', reject);
    child.on('exit', (code) => (code === 0 ? resolve() : reject(new Error(`It ended with ${code}.`))));
  });
}

/** The files by which this process says what it runs from. */
const marks = new Set();

/** Says that this process runs from a build: it still loads parts of it later, and starts others from there. */
function use(folder) {
  if (marks.size === 0) process.once('exit', removeMarks);
  try {
    const mark = path.join(folder, `${user}${process.pid}`);
    writeFileSync(mark, '');
    marks.add(mark);
  } catch {
    // Where nothing can be written nothing can be removed, either.
  }
}

function removeMarks() {
  for (const mark of marks) rmSync(mark, { force: true });
}

/** Removes former builds, but for those that something runs from. */
function removeUnused(builds) {
  for (const name of readdirSync(builds)) {
    const folder = path.join(builds, name);
    try {
      const isKept = name.startsWith(unfinished) ? isNew(folder) : readdirSync(folder).some(isUsedBy);
      if (!isKept) rmSync(folder, { recursive: true, force: true });
    } catch {
      // It only takes up room.
    }
  }
}

const isNew = (folder) => Date.now() - statSync(folder).mtimeMs < hour;

/** Whether a file says that a process uses the build, and that process is there. */
function isUsedBy(file) {
  if (!file.startsWith(user)) return false;
  try {
    process.kill(Number(file.slice(user.length)), 0);
    return true;
  } catch (error) {
    return error.code === 'EPERM';
  }
}

import { existsSync, mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Metafile } from 'esbuild';
import { bundle, withoutEnding } from '../build/bundle.ts';

/** Test files as JavaScript: what several of them load is there once. */
export interface TestBuild {
  /** Each file's imports, once types are gone. */
  readonly inputs: Metafile['inputs'];
  /** Where all of it lies; absolute. */
  readonly folder: string;
  /** The built file of a test file or of one of `sharedProcesses`, by its absolute path or its path in the project. */
  built(file: string): string;
  /** Removes it. */
  remove(): void;
}

/** What runs several test files in one process. */
export const sharedProcesses = {
  unit: fileURLToPath(new URL('unit-tests.ts', import.meta.url)),
  together: fileURLToPath(new URL('together.ts', import.meta.url)),
};

/**
 * Programs that tests start again and again. They may as well be read from their sources, which takes longer
 * (`test/support/node-arguments.ts`).
 */
const oftenStarted = [
  'deploy/deploy.ts',
  'deploy/destroy.ts',
  'deploy/doctor.ts',
  'infra/app.ts',
  'local/start.ts',
  'local/standalone-aws/main.ts',
  'producer/main.ts',
  'producer/try-camera/main.ts',
  'test/local/data-folder/half-writing.ts',
  'test/local/disk/killed.ts',
  'test/local/telegram/stand-process.ts',
  'test/nobody-let-in/troubled-house.ts',
  'test/support/killable-house.ts',
  'test/support/killed-adding.ts',
  'vision/calibrate/main.ts',
];

/**
 * Builds all test files in one go, in a folder of its own among the caches.
 *
 * @returns undefined when a file cannot be read as TypeScript, or imports a file that is not there
 */
export async function buildTests(root: string, paths: readonly string[]): Promise<TestBuild | undefined> {
  const caches = path.join(root, 'node_modules/.cache/musical-joy');
  mkdirSync(caches, { recursive: true });
  const folder = mkdtempSync(path.join(caches, 'tests-'));
  const remove = (): void => rmSync(folder, { recursive: true, force: true });
  const here = oftenStarted.filter((file) => existsSync(path.join(root, file)));
  const files = [...paths, ...here, ...Object.values(sharedProcesses)];
  try {
    return {
      inputs: await bundle({ root, files: new Map(files.map((file) => [file, within(file)])), folder }),
      folder,
      built: (file) => path.join(folder, `${within(file)}.js`),
      remove,
    };
  } catch {
    remove();
    return undefined;
  }
}

/** Where a file lies in the build, without its ending. */
const within = (file: string): string =>
  withoutEnding(path.isAbsolute(file) ? `processes/${path.basename(file)}` : file);

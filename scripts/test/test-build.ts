import { existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { build, type Metafile } from 'esbuild';
import { bundledPackages } from './bundled-packages.ts';
import { moduleAddresses } from './module-addresses.ts';

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

/** The product's own processes, by the module that starts each and finds it beside itself in a bundle too. */
const besides: Readonly<Record<string, string>> = {
  'carols/renderer.ts': 'carols/render-process.ts',
  'local/aws/kinesis-video/decoder.ts': 'local/aws/kinesis-video/decoder-process.ts',
  'local/telegram/media/probe.ts': 'local/telegram/media/probe-process.ts',
  'producer/camera/video-reader.ts': 'producer/camera/video-process.ts',
  'vision/recognizer.ts': 'vision/engine-process.ts',
};

/**
 * Builds all test files in one go, in a folder of its own among the caches. A process that reads TypeScript file by file
 * takes more than a second to load the AWS clients, grammY and the house; from here it takes half of that.
 *
 * @returns undefined when a file cannot be read as TypeScript, or imports a file that is not there
 */
export async function buildTests(root: string, paths: readonly string[]): Promise<TestBuild | undefined> {
  const caches = path.join(root, 'node_modules/.cache/musical-joy');
  mkdirSync(caches, { recursive: true });
  const folder = mkdtempSync(path.join(caches, 'tests-'));
  writeFileSync(path.join(folder, 'package.json'), '{"type":"module"}\n');
  const remove = (): void => rmSync(folder, { recursive: true, force: true });
  const here = [...oftenStarted, ...Object.values(besides)].filter((file) =>
    existsSync(path.join(root, file)),
  );
  const addresses = moduleAddresses((file) => {
    const inProject = path.relative(root, file).replaceAll('\\', '/');
    return inProject in besides ? path.join(folder, `${within(inProject)}.js`) : file;
  });
  try {
    const { metafile } = await build({
      entryPoints: [...paths, ...here, ...Object.values(sharedProcesses)].map((file) => ({
        in: path.resolve(root, file),
        out: within(file),
      })),
      absWorkingDir: root,
      outdir: folder,
      bundle: true,
      splitting: true,
      mainFields: bundledPackages.mainFields,
      banner: bundledPackages.banner,
      platform: 'node',
      target: `node${process.versions.node}`,
      format: 'esm',
      // Of two classes with one name the second is another in a bundle.
      keepNames: true,
      sourcemap: 'linked',
      // Each process reads the maps of all that it loads; the sources lie where they are.
      sourcesContent: false,
      metafile: true,
      logLevel: 'silent',
      define: addresses.define,
      plugins: [bundledPackages.plugin, addresses.plugin],
    });
    return {
      inputs: metafile.inputs,
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
  (path.isAbsolute(file) ? `processes/${path.basename(file)}` : file).replace(/\.ts$/, '');

import { existsSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { type BuildOptions, build, type Metafile } from 'esbuild';
import { bundledPackages } from './bundled-packages.ts';
import { moduleAddresses } from './module-addresses.ts';

/** What is built, and where it goes. */
export interface Bundle {
  /** The project's folder, absolute. */
  readonly root: string;
  /** Where each file goes, in the folder and without its ending, by its path: absolute or in the project. */
  readonly files: ReadonlyMap<string, string>;
  /** An empty folder, absolute. */
  readonly folder: string;
  /** Where it will be when it is run, if it is moved by then: not nearer to the project's folder nor further away. */
  readonly movesTo?: string;
  /** A file that each program runs before anything else. */
  readonly first?: string;
}

/** The product's own processes, by the module that starts each and finds it beside itself in a bundle too. */
const besides: Readonly<Record<string, string>> = {
  'carols/renderer.ts': 'carols/render-process.ts',
  'local/aws/kinesis-video/decoder.ts': 'local/aws/kinesis-video/decoder-process.ts',
  'local/telegram/media/probe.ts': 'local/telegram/media/probe-process.ts',
  'producer/camera/video-reader.ts': 'producer/camera/video-process.ts',
  'vision/forked-engine.ts': 'vision/engine-process.ts',
};

/**
 * Builds programs as JavaScript, and with them the processes that they start: what several of them load is there once. A
 * process that reads TypeScript file by file takes more than a second to load the AWS clients, grammY and the house, and
 * holds 30 MB for the reading; from here it takes half of the time and none of that memory.
 *
 * @returns what it is built from, and each file's imports, once types are gone
 * @throws when a file cannot be read as TypeScript, or imports a file that is not there
 */
export async function bundle(order: Bundle): Promise<Metafile['inputs']> {
  const { root, files, folder, movesTo = folder, first } = order;
  const processes = Object.values(besides).filter((file) => existsSync(path.join(root, file)));
  const addresses = moduleAddresses((file) => {
    const inProject = path.relative(root, file).replaceAll('\\', '/');
    return inProject in besides ? path.join(movesTo, `${withoutEnding(inProject)}.js`) : file;
  });
  writeFileSync(path.join(folder, 'package.json'), '{"type":"module"}\n');
  const options = {
    absWorkingDir: root,
    outdir: folder,
    bundle: true,
    mainFields: bundledPackages.mainFields,
    banner: bundledPackages.banner,
    ...(first && { inject: [first] }),
    platform: 'node',
    // The oldest that package.json allows.
    target: 'node20.19',
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
  } satisfies BuildOptions;
  const entry = ([file, out]: readonly [string, string]) => ({ in: path.resolve(root, file), out });
  const built = await Promise.all([
    build({ ...options, entryPoints: [...files].map(entry), splitting: true }),
    // These are started again and again, some for a moment: of one file each they are there sooner.
    build({ ...options, entryPoints: processes.map((file) => entry([file, withoutEnding(file)])) }),
  ]);
  return Object.assign({}, ...built.map(({ metafile }) => metafile.inputs));
}

/** A TypeScript file's path without its ending. */
export const withoutEnding = (file: string): string => file.replace(/\.ts$/, '');

import { execFileSync } from 'node:child_process';
import { mkdir, mkdtemp, rm } from 'node:fs/promises';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { build } from 'esbuild';
import { root } from '../infra/functions/bundling.ts';
import { bundleLambda, lambdas } from '../test/support/bundle.ts';
import { type Figure, median } from './figure.ts';

/** How often each is imported; the median counts. */
const rounds = 9;

/**
 * Size and import time of each Lambda's bundle, beside the same code with its packages left where npm put them. The
 * two take turns, so that whatever else the machine does meets both.
 */
export async function bundlesBench(): Promise<Figure[]> {
  // Within the project, where packages are found.
  const caches = path.join(root, 'node_modules', '.cache');
  await mkdir(caches, { recursive: true });
  const folder = await mkdtemp(path.join(caches, 'bundles-'));
  try {
    const figures: Figure[] = [];
    for (const name of Object.keys(lambdas)) figures.push(...(await lambdaFigures(name, folder)));
    return figures;
  } finally {
    await rm(folder, { recursive: true });
  }
}

async function lambdaFigures(name: string, folder: string): Promise<Figure[]> {
  const { file, size, wholeSize } = await bundleLambda(name, path.join(folder, name));
  const apart = path.join(folder, `${name}-unbundled.mjs`);
  await build({
    entryPoints: [path.join(root, 'lambdas', `${name}.ts`)],
    outfile: apart,
    bundle: true,
    packages: 'external',
    platform: 'node',
    format: 'esm',
    logLevel: 'error',
  });
  const times = { bundled: [] as number[], apart: [] as number[] };
  for (let round = 0; round < rounds; round++) {
    times.bundled.push(importTime(file));
    times.apart.push(importTime(apart));
  }
  return [
    { name: `${name}: minified bundle`, value: wholeSize / 1000, unit: 'kB' },
    { name: `${name}: of it loaded at the start`, value: size / 1000, unit: 'kB' },
    {
      name: `${name}: import of the bundle (median of ${rounds})`,
      value: median(times.bundled),
      unit: 'ms',
    },
    {
      name: `${name}: import unbundled (median of ${rounds})`,
      value: median(times.apart),
      unit: 'ms',
    },
  ];
}

/** Milliseconds that an import takes in a process of its own, without the start of Node. */
function importTime(file: string): number {
  const program = `const start = performance.now();
    await import(${JSON.stringify(pathToFileURL(file).href)});
    console.log(performance.now() - start);
    process.exit(0);`;
  return Number(
    execFileSync(process.execPath, ['--input-type=module', '--eval', program], { encoding: 'utf8' }),
  );
}

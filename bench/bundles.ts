import { execFileSync } from 'node:child_process';
import { mkdir, mkdtemp, rm } from 'node:fs/promises';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { build } from 'esbuild';
import { root } from '../infra/functions/bundling.ts';
import { credentials } from '../local/environment.ts';
import { lambdaContext } from '../local/lambda/context.ts';
import { minute } from '../party/clock.ts';
import { bundleLambda, lambdas } from '../test/support/bundle.ts';
import { LambdaProcesses, lambdaEnvironment } from '../test/support/stack/lambda-process.ts';
import { type Figure, median } from './figure.ts';

/** How often each is imported; the median counts. */
const rounds = 9;

/**
 * Size and import time of each Lambda's bundle, how fast its process is ready and what memory that takes, beside the same
 * code with its packages left where npm put them. The two take turns, so that whatever else the machine does meets both.
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
  const { start, memory } = await started(name, path.dirname(file));
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
    { name: `${name}: process started and ready for work (median of ${starts})`, value: start, unit: 'ms' },
    { name: `${name}: most memory held so far`, value: memory, unit: 'MB' },
  ];
}

/** As many processes are started of each. */
const starts = 3;
const memorySize = 1024;

/**
 * No event of any function's. Whoever answers it, as a custom resource does by HTTP until its time is up, is answered at
 * once.
 */
const noEvent = { ResponseURL: 'data:,' };

/**
 * Starts a function as Lambda does, and hands it an event that is none: it fails at that, or for its settings, once all
 * of it is loaded.
 */
async function started(name: string, folder: string): Promise<{ start: number; memory: number }> {
  const times: number[] = [];
  let memory = 0;
  for (let count = 0; count < starts; count++) {
    const env = lambdaEnvironment(name, memorySize, credentials);
    const runs = new LambdaProcesses(() => ({ folder, handler: 'index.handler', env }));
    const deadline = Date.now() + minute;
    await runs.invoke(noEvent, lambdaContext({ name, requestId: `${count}`, deadline })).catch(() => {});
    await runs.close();
    times.push(...runs.figures.starts);
    memory = Math.max(memory, runs.figures.peakMemory);
  }
  return { start: median(times), memory };
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

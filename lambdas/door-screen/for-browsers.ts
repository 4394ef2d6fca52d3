import { type BuildOptions, build, type OutputFile, stop } from 'esbuild';

/** How many builds are under way. */
let underWay = 0;

/**
 * Builds what a browser loads, in memory. esbuild does so in a process of its own, which would stay as long as this one,
 * with 20 MB: it is ended with the last build that is under way.
 */
export async function buildForBrowsers(options: BuildOptions): Promise<OutputFile[]> {
  underWay += 1;
  try {
    return (await build({ ...options, write: false })).outputFiles;
  } finally {
    underWay -= 1;
    if (underWay === 0) await stop();
  }
}

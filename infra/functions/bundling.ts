import { fileURLToPath } from 'node:url';
import type { BuildOptions } from 'esbuild';

/** The project's folder. */
export const root = fileURLToPath(new URL('../../', import.meta.url));

/** What a bundle has in the place of something larger that would do the same on Lambda. */
const instead: Readonly<Record<string, string>> = {
  // grammY's own build for runtimes that have fetch, as Node has: the one for Node brings node-fetch along.
  grammy: 'grammy/web',
  debug: fileURLToPath(new URL('no-debug.ts', import.meta.url)),
  '@aws-sdk/endpoint-cache': fileURLToPath(new URL('no-endpoint-cache.ts', import.meta.url)),
  '@aws-sdk/credential-provider-node': fileURLToPath(new URL('lambda-credentials.ts', import.meta.url)),
};

/**
 * How a Lambda is built: by the esbuild of this project, without Docker, with everything in it. The AWS SDK is taken
 * along too: what runs is what was tested. An ES module, which loads in two thirds of the time of the same as CommonJS
 * (bench/bundles.ts has the figures).
 */
export const bundled = {
  absWorkingDir: root,
  bundle: true,
  platform: 'node',
  format: 'esm',
  target: 'node24',
  mainFields: ['module', 'main'],
  minify: true,
  sourcemap: true,
  // The map says file and line; the text of the sources is in the repository.
  sourcesContent: false,
  // What is CommonJS in it requires Node's own modules at run time: an ES module has no `require` of its own.
  banner: { js: "import{createRequire}from'node:module';const require=createRequire(import.meta.url);" },
  alias: instead,
  logLevel: 'warning',
} satisfies BuildOptions;

/**
 * The same in several files: `index.mjs` and what it starts with, and beside it what the code imports when it needs it.
 */
export const bundledInParts = {
  ...bundled,
  splitting: true,
  entryNames: 'index',
  chunkNames: '[name]-[hash]',
  outExtension: { '.js': '.mjs' },
} satisfies BuildOptions;

/** The same in one file, `index.mjs`, beside which other things can lie. */
export const bundledInOneFile = {
  ...bundled,
  entryNames: 'index',
  outExtension: { '.js': '.mjs' },
} satisfies BuildOptions;

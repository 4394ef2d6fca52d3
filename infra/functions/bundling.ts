import { fileURLToPath } from 'node:url';
import { type BundlingOptions, OutputFormat } from 'aws-cdk-lib/aws-lambda-nodejs';

/** What a bundle has in the place of something larger that would do the same on Lambda. */
const instead: Readonly<Record<string, string>> = {
  // grammY's own build for runtimes that have fetch, as Node has: the one for Node brings node-fetch along.
  grammy: 'grammy/web',
  '@aws-sdk/credential-provider-node': fileURLToPath(new URL('lambda-credentials.ts', import.meta.url)),
};

/**
 * How each Lambda becomes one file: by the esbuild of this project, without Docker, with everything in it. The AWS
 * SDK is taken along too: what runs is what was tested. An ES module, which loads in two thirds of the time of the
 * same as CommonJS (bench/bundles.ts has the figures).
 */
export const bundling: BundlingOptions = {
  format: OutputFormat.ESM,
  target: 'node24',
  mainFields: ['module', 'main'],
  externalModules: [],
  minify: true,
  sourceMap: true,
  // The map says file and line; the text of the sources is in the repository.
  sourcesContent: false,
  // What is CommonJS in it requires Node's own modules at run time: an ES module has no `require` of its own.
  banner: "import{createRequire}from'node:module';const require=createRequire(import.meta.url);",
  esbuildArgs: Object.fromEntries(Object.entries(instead).map(([name, path]) => [`--alias:${name}`, path])),
};

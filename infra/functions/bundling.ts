import { type BundlingOptions, OutputFormat } from 'aws-cdk-lib/aws-lambda-nodejs';

/**
 * How each Lambda becomes one file: by the esbuild of this project, without Docker, with everything in it. The AWS
 * SDK is taken along too: what runs is what was tested, and a bundled client loads in a third of the time.
 */
export const bundling: BundlingOptions = {
  format: OutputFormat.ESM,
  target: 'node24',
  mainFields: ['module', 'main'],
  externalModules: [],
  minify: true,
  // node-fetch, by which grammY calls, knows an AbortSignal by the name of its class alone: without it every call of
  // the Bot API fails.
  keepNames: true,
  sourceMap: true,
  // The map says file and line; the text of the sources is in the repository.
  sourcesContent: false,
  // What grammY requires by name at run time: an ES module has no `require` of its own.
  banner: "import{createRequire}from'node:module';const require=createRequire(import.meta.url);",
};

import { fileURLToPath } from 'node:url';
import { AssetHashType, DockerImage } from 'aws-cdk-lib';
import { Code } from 'aws-cdk-lib/aws-lambda';
import { type BundlingOptions, OutputFormat } from 'aws-cdk-lib/aws-lambda-nodejs';
import { type BuildOptions, buildSync } from 'esbuild';

/** The project's folder. */
export const root = fileURLToPath(new URL('../../', import.meta.url));

/** What a bundle has in the place of something larger that would do the same on Lambda. */
const instead: Readonly<Record<string, string>> = {
  // grammY's own build for runtimes that have fetch, as Node has: the one for Node brings node-fetch along.
  grammy: 'grammy/web',
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

/** The same for NodejsFunction, which makes one file of it and can lay other things beside. */
export const bundling: BundlingOptions = {
  format: OutputFormat.ESM,
  target: bundled.target,
  mainFields: bundled.mainFields,
  externalModules: [],
  minify: bundled.minify,
  sourceMap: bundled.sourcemap,
  sourcesContent: bundled.sourcesContent,
  banner: bundled.banner.js,
  esbuildArgs: Object.fromEntries(Object.entries(instead).map(([name, path]) => [`--alias:${name}`, path])),
};

/** The same in several files: `index.mjs` and what it starts with, and beside it what the code imports when it needs it. */
export const bundledInParts = {
  ...bundled,
  splitting: true,
  entryNames: 'index',
  chunkNames: '[name]-[hash]',
  outExtension: { '.js': '.mjs' },
} satisfies BuildOptions;

/**
 * The code of a Lambda in parts, which NodejsFunction cannot make: its bundling is always one file.
 *
 * @param name the file's name in lambdas/
 */
export function codeInParts(name: string): Code {
  return Code.fromAsset(root, {
    assetHashType: AssetHashType.OUTPUT,
    bundling: {
      local: {
        tryBundle(outdir) {
          buildSync({ ...bundledInParts, entryPoints: [`lambdas/${name}.ts`], outdir });
          return true;
        },
      },
      // Never run, for the local bundling never fails over to it. The command tells one Lambda's code from another's.
      image: DockerImage.fromRegistry('not-used'),
      command: [name],
    },
  });
}

import type { Plugin } from 'esbuild';

/**
 * Packages that most tests load, of many small files each: from the build they are read in half the time. Not one that
 * looks for files beside its own. node-av asks for its native code by the name of the package that has it.
 */
const bundled =
  /^(@aws-lambda-powertools|@aws-sdk|@fastify\/busboy|@grammyjs\/auto-retry|@hono|@smithy|fast-xml-parser|grammy|hono|node-av|zod)(\/|$)/;

/** For esbuild: some packages become part of what is built, with all that they load; all others stay outside. */
export const bundledPackages = {
  // The packages' own ECMAScript modules where they have them: then what nobody uses is left out.
  mainFields: ['module', 'main'],
  // CommonJS modules among them ask for node's own modules so.
  banner: {
    js: "import{createRequire as $require}from'node:module';const require=$require(import.meta.url);",
  },
  plugin: {
    name: 'bundled packages',
    setup({ onResolve }) {
      onResolve({ filter: /^[^./]/ }, ({ path, kind, importer }) => {
        if (kind === 'entry-point' || bundled.test(path) || packageOf(importer) !== undefined)
          return undefined;
        return { path, external: true };
      });
    },
  } satisfies Plugin,
};

/** The name of the package that a file belongs to, by its path; undefined for one of the project's own. */
export function packageOf(file: string): string | undefined {
  const [, after] = file.replaceAll('\\', '/').split(/(?:^|\/)node_modules\/(?!.*\/node_modules\/)/);
  return after === undefined ? undefined : /^(@[^/]+\/)?[^/]+/.exec(after)?.[0];
}

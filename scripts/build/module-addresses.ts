import { readFileSync } from 'node:fs';
import { pathToFileURL } from 'node:url';
import type { Plugin } from 'esbuild';

/**
 * For esbuild: in a bundle too each module has an `import.meta.url` of its own, so that what lies beside its source (a
 * picture, the project's folder) is found from there.
 *
 * @param addressed the file whose address a module has, by its path: usually itself
 */
export const moduleAddresses = (
  addressed: (file: string) => string,
): { readonly define: Record<string, string>; readonly plugin: Plugin } => ({
  define: { 'import.meta.url': 'moduleAddress' },
  plugin: {
    name: 'module addresses',
    setup({ onLoad }) {
      onLoad({ filter: /\.(tsx?|mjs)$|[\\/]node-av[\\/].*\.js$/ }, ({ path }) => {
        const source = readFileSync(path, 'utf8');
        if (!source.includes('import.meta.url')) return undefined;
        const address = JSON.stringify(pathToFileURL(addressed(path)).href);
        // In the same line as what follows, so that places in the file stay where they are.
        const contents = `const moduleAddress = ${address};${source}`;
        return { contents, loader: path.endsWith('x') ? 'tsx' : 'ts' };
      });
    },
  },
});

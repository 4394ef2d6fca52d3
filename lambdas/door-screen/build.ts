import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { type ScreenFiles, screenFileTypes } from './files.ts';
import { buildForBrowsers } from './for-browsers.ts';

const browser = fileURLToPath(new URL('browser', import.meta.url));

/** Builds what the page loads, for browsers of early 2021 and later: a tablet by the door may be an old one. */
export async function buildScreen(): Promise<ScreenFiles> {
  const outputFiles = await buildForBrowsers({
    entryPoints: [path.join(browser, 'screen.tsx')],
    outdir: browser,
    bundle: true,
    minify: true,
    format: 'esm',
    target: ['chrome88', 'firefox85', 'safari14.1'],
    jsx: 'automatic',
    jsxImportSource: 'preact',
    legalComments: 'none',
  });
  return new Map(
    Object.entries(screenFileTypes).map(([name, type]) => {
      return [name, { type, text: outputFiles.find((file) => path.basename(file.path) === name)!.text }];
    }),
  );
}

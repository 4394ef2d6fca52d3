import { readFile } from 'node:fs/promises';
import { basename, extname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { buildForBrowsers } from '../../lambdas/door-screen/for-browsers.ts';
import { buildOnce } from '../../party/build-once.ts';

/** A file of the page, held in memory. */
export interface Asset {
  readonly path: string;
  readonly type: string;
  readonly content: string;
}

/** All that the page is made of. */
export interface PageAssets {
  readonly script: Asset;
  readonly style: Asset;
  readonly icon: Asset;
  /** The worker that keeps time for the webcam. */
  readonly metronome: Asset;
  /** The page of a phone that is the camera; served to phones alone. */
  readonly phone: Asset;
  readonly phoneStyle: Asset;
}

/** Gives what the page is made of; whoever asks first waits until it is built. */
export type AssetsOnceBuilt = () => Promise<PageAssets>;

const browser = fileURLToPath(new URL('browser', import.meta.url));
const types: Record<string, string> = {
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.svg': 'image/svg+xml',
};

/**
 * Bundles the page's browser code, in memory, when it is first asked for: a house that nobody looks at, such as one that
 * is only written to by Telegram, starts sooner and runs no bundler.
 */
export const assetsOnceBuilt = (): AssetsOnceBuilt => buildOnce(buildAssets);

async function buildAssets(): Promise<PageAssets> {
  const outputFiles = await buildForBrowsers({
    entryPoints: ['main.tsx', 'door/metronome.ts', 'phone/phone.tsx'].map((file) => join(browser, file)),
    outdir: browser,
    entryNames: '[name]',
    bundle: true,
    minify: true,
    format: 'esm',
    target: 'es2022',
    jsx: 'automatic',
    jsxImportSource: 'preact',
    legalComments: 'none',
  });
  const asset = (name: string, content: string): Asset => {
    return { path: `/assets/${name}`, type: types[extname(name)]!, content };
  };
  const bundled = (name: string) =>
    asset(name, outputFiles.find(({ path }) => basename(path) === name)!.text);
  return {
    script: bundled('main.js'),
    style: bundled('main.css'),
    icon: asset('icon.svg', await readFile(join(browser, 'icon.svg'), 'utf8')),
    metronome: bundled('metronome.js'),
    phone: bundled('phone.js'),
    phoneStyle: bundled('phone.css'),
  };
}
